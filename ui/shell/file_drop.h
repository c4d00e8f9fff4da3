// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

class QMimeData;
class QWidget;

namespace flow {

/// Lets flow files be dropped anywhere on a window. GUI thread.
class FileDrop : public QObject
{
    Q_OBJECT

public:
    explicit FileDrop(QWidget *window);

Q_SIGNALS:
    void filesDropped(const QStringList &paths);

private:
    bool eventFilter(QObject *watched, QEvent *event) override;
    static QStringList files(const QMimeData *data);
};

} // namespace flow
