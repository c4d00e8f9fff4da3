// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace flow {

/// A text field as tall as its text, between two bounds; Tab leaves it. GUI thread.
class GrowingEdit : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit GrowingEdit(QWidget *parent = nullptr);

    void setLines(int least, int most);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    void fitHeight();

    int m_least = 2;
    int m_most = 12;
};

} // namespace flow
