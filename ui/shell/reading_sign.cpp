// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/reading_sign.h"

#include "look/theme.h"
#include "shell/slow_reads.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace flow {

ReadingSign::ReadingSign(SlowReads *reads, QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
{
    setObjectName(QStringLiteral("readingSign"));
    m_text->setTextFormat(Qt::PlainText);
    auto *cancel = new QToolButton(this);
    cancel->setObjectName(QStringLiteral("readingCancel"));
    cancel->setProperty("kind", QStringLiteral("small"));
    cancel->setText(tr("Cancel"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, measure::space3, 0);
    layout->setSpacing(measure::space2);
    layout->addWidget(m_text);
    layout->addWidget(cancel);
    connect(cancel, &QToolButton::clicked, reads, [this, reads] {
        if (!m_slow.isEmpty())
            reads->giveUp(m_slow.last().first);
    });
    connect(reads, &SlowReads::becameSlow, this, [this](const QString &key, const QString &name) {
        m_slow.append({key, name});
        refresh();
    });
    connect(reads, &SlowReads::ended, this, [this](const QString &key) {
        m_slow.removeIf([&](const QPair<QString, QString> &one) { return one.first == key; });
        refresh();
    });
    refresh();
}

void ReadingSign::refresh()
{
    if (!m_slow.isEmpty())
        m_text->setText(tr("Reading %1...").arg(m_slow.last().second));
    setVisible(!m_slow.isEmpty());
}

} // namespace flow
