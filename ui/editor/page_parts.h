// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

class QWidget;

/// What pages of the inspector are put together from. GUI thread.
namespace flow {

/// A page that scrolls up and down, its parts below each other.
QWidget *newScrollPage(const QList<QWidget *> &parts);
/// A heading between groups of fields.
QWidget *newSection(const QString &title);
/// A control with its label above.
QWidget *newLabelled(const QString &label, QWidget *control);
/// Lets Tab go through what `page` shows in the order in which it is laid out. Fields come and go, and Qt would ask
/// those that came last last, wherever they stand.
void tabInLayoutOrder(QWidget *page);

} // namespace flow
