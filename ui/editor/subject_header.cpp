// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/subject_header.h"

#include "look/format.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QVBoxLayout>

namespace flow {

SubjectHeader::SubjectHeader(const Look *look, QWidget *parent)
    : QWidget(parent)
    , m_tile(new IconTile(look, 32, this))
    , m_edit(new TitleEdit(this))
    , m_kind(new ElidedLabel(this))
    , m_pill(new Pill(look, this))
    , m_error(new InlineMessage(look, this))
{
    m_edit->setProperty("quiet", true);
    m_edit->setFont(look->font(Look::Text::Title));
    m_edit->setAccessibleName(tr("Name"));
    m_edit->setObjectName(QStringLiteral("name"));
    m_edit->installEventFilter(this);
    setTone(m_kind, Tone::Muted);
    m_kind->setContentsMargins(8, 0, 0, 0);

    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_edit);
    words->addWidget(m_kind);
    auto *row = new QHBoxLayout;
    row->setSpacing(measure::space1);
    row->addWidget(m_tile, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    row->addWidget(m_pill, 0, Qt::AlignVCenter);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, measure::space2, measure::space3, measure::space2);
    layout->setSpacing(measure::space1);
    layout->addLayout(row);
    layout->addWidget(m_error);
    connect(m_edit, &QLineEdit::editingFinished, this, &SubjectHeader::commit);
}

void SubjectHeader::setName(const QString &name)
{
    if (name == m_name)
        return;
    m_name = name;
    m_edit->setText(name);
    m_edit->setCursorPosition(0);
    m_edit->setToolTip(toolTipOf(name));
    m_error->clear();
}

void SubjectHeader::setKindText(const QString &text)
{
    m_kind->setWhole(text);
}

void SubjectHeader::setTrace(const TaskTrace *trace, int attempts)
{
    if (!trace || (trace->status == TaskStatus::Pending && trace->visits == 0)) {
        m_pill->set({}, Role::Idle);
        return;
    }
    const StateLook state = look(*trace);
    if (trace->status == TaskStatus::Running && attempts > 1)
        m_pill->set(tr("attempt %1 of %2").arg(trace->attempt).arg(attempts), Role::Accent);
    else
        m_pill->set(state.word, state.role, state.icon);
}

void SubjectHeader::commit()
{
    const QString typed = m_edit->text();
    if (typed != m_name)
        Q_EMIT nameEdited(typed);
}

bool SubjectHeader::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_edit && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape && m_edit->text() != m_name) {
        m_edit->setText(m_name);
        m_error->clear();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace flow
