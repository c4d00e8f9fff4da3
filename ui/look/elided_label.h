// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace flow {

/// Plain text for a tooltip: long lines wrap, and nothing in it is taken for markup.
QString toolTipOf(const QString &text);

/// One line of plain text that ends with … where it has no room; the tooltip then holds the whole. GUI thread.
class ElidedLabel : public QLabel
{
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget *parent = nullptr);

    void setWhole(const QString &text);
    QString whole() const { return m_whole; }
    bool isElided() const { return m_elided; }
    /// For the tooltip where there is room for the whole.
    void setHint(const QString &hint);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void elidedChanged(bool elided);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    using QLabel::setText;
    void fit();

    QString m_whole;
    QString m_hint;
    bool m_elided = false;
};

} // namespace flow
