// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPair>
#include <QWidget>

class QLabel;

namespace flow {

class SlowReads;

/// "Reading ..." with a button that gives it up; hidden while nothing takes long. Shows the latest of several.
class ReadingSign : public QWidget
{
    Q_OBJECT

public:
    explicit ReadingSign(SlowReads *reads, QWidget *parent = nullptr);

private:
    void refresh();

    QLabel *m_text;
    QList<QPair<QString, QString>> m_slow; ///< key and name
};

} // namespace flow
