// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/issue_list.h"

#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace flow {
namespace {

bool sameTexts(const QList<Issue> &a, const QList<Issue> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Issue &x, const Issue &y) {
        return x.text == y.text && x.place == y.place && x.severity == y.severity;
    });
}

} // namespace

IssueList::IssueList(const Look *look, QWidget *parent)
    : QWidget(parent)
    , m_look(look)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(measure::space1);
    hide();
}

void IssueList::setIssues(const QList<Issue> &issues, bool canFix)
{
    const bool same = sameTexts(issues, m_issues);
    m_issues = issues;
    setVisible(!issues.isEmpty());
    if (same)
        return;
    while (QLayoutItem *item = layout()->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const Issue &issue : issues) {
        auto *message = new InlineMessage(m_look, this);
        layout()->addWidget(message);
        message->set(issue.text, issue.severity == Severity::Error ? Role::Failure : Role::Warning);
        if (!issue.fix || !canFix)
            continue;
        auto *button = new QPushButton(issue.fix->label, this);
        setKind(button, ButtonKind::Link);
        auto *row = new QWidget(this);
        auto *inside = new QHBoxLayout(row);
        inside->setContentsMargins(13, 0, 0, 0);
        inside->addWidget(button);
        inside->addStretch();
        layout()->addWidget(row);
        // Queued: the fix changes the document, which rebuilds this list and the button with it.
        connect(
            button, &QPushButton::clicked, this, [this, issue] { Q_EMIT fixRequested(issue); }, Qt::QueuedConnection);
    }
}

QStringList IssueList::texts() const
{
    QStringList texts;
    for (const Issue &issue : m_issues)
        texts.append(issue.text);
    return texts;
}

} // namespace flow
