// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/start_page.h"

#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace flow {

namespace {

constexpr int shownFiles = 5;

QPushButton *button(QAction *action, const QString &text, const char *kind, QWidget *parent)
{
    auto *result = new QPushButton(text, parent);
    if (kind)
        result->setProperty("kind", QString::fromLatin1(kind));
    QObject::connect(result, &QPushButton::clicked, action, &QAction::trigger);
    return result;
}

} // namespace

StartPage::StartPage(const Actions &actions, Look *look, QWidget *parent)
    : QWidget(parent)
    , m_recent(new QWidget(this))
    , m_recentLayout(new QVBoxLayout(m_recent))
{
    setObjectName(QStringLiteral("startPage"));
    setProperty("surface", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    setFocusPolicy(Qt::StrongFocus); // so that no button stands out before a key was pressed
    auto *title = new QLabel(tr("Draw a flow, run it, watch it"), this);
    title->setFont(look->font(Look::Text::Title));
    auto *text =
        new QLabel(tr("A flow is a set of tasks and the conditions that lead from one to the next. Start with an empty "
                      "canvas, open a *.flow.json file, or look at the example first."),
                   this);
    text->setWordWrap(true);
    text->setProperty("tone", QStringLiteral("muted"));

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(measure::space2);
    auto *create = button(actions[ActionId::NewFlow], tr("New flow"), "primary", this);
    create->setObjectName(QStringLiteral("startNew"));
    buttons->addWidget(create);
    buttons->addWidget(button(actions[ActionId::Open], tr("Open file..."), nullptr, this));
    auto *example = button(actions[ActionId::OpenExample], tr("Open the example"), nullptr, this);
    example->setObjectName(QStringLiteral("startExample"));
    buttons->addWidget(example);
    buttons->addStretch();

    auto *column = new QVBoxLayout;
    column->setSpacing(measure::space3);
    column->addWidget(title);
    column->addWidget(text);
    column->addSpacing(measure::space1);
    column->addLayout(buttons);
    column->addSpacing(measure::space4);
    column->addWidget(m_recent);
    m_recentLayout->setContentsMargins(0, 0, 0, 0);
    m_recentLayout->setSpacing(measure::space1);
    m_recent->hide();

    auto *middle = new QWidget(this);
    middle->setLayout(column);
    middle->setFixedWidth(460);
    column->setContentsMargins(0, 0, 0, 0);
    auto *layout = new QVBoxLayout(this);
    layout->addStretch(2);
    layout->addWidget(middle, 0, Qt::AlignHCenter);
    layout->addStretch(3);
}

void StartPage::setRecentFiles(const QStringList &paths)
{
    while (QLayoutItem *item = m_recentLayout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    auto *heading = new QLabel(tr("Opened lately"), m_recent);
    heading->setProperty("tone", QStringLiteral("heading"));
    m_recentLayout->addWidget(heading);
    for (const QString &path : paths.first(qMin<qsizetype>(shownFiles, paths.size()))) {
        auto *link = new QPushButton(QFileInfo(path).fileName(), m_recent);
        link->setProperty("kind", QStringLiteral("link"));
        link->setToolTip(QDir::toNativeSeparators(path));
        connect(link, &QPushButton::clicked, this, [this, path] { Q_EMIT fileActivated(path); });
        m_recentLayout->addWidget(link, 0, Qt::AlignLeft);
    }
    m_recent->setVisible(!paths.isEmpty());
}

} // namespace flow
