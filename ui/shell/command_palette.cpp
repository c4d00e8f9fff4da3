// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/command_palette.h"

#include "look/search_field.h"
#include "shell/command_delegate.h"

#include <QKeyEvent>
#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace flow {

namespace {

constexpr int paletteWidth = 560;
constexpr int shownRows = 11;

} // namespace

int searchScore(const QString &text, const QString &typed)
{
    int score = 1;
    for (const QString &word : typed.split(u' ', Qt::SkipEmptyParts)) {
        const qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive);
        if (at < 0)
            return 0;
        const bool beginning = at == 0;
        const bool ofWord = !beginning && !text[at - 1].isLetterOrNumber();
        score += beginning ? 30 : ofWord ? 20 : 10;
    }
    return score;
}

CommandPalette::CommandPalette(const QList<Command> &commands, Look *look, QWidget *window)
    : QFrame(window, Qt::Popup)
    , m_commands(commands)
    , m_look(look)
    , m_field(new SearchField(look, tr("Search flows, tasks and commands"), this))
    , m_list(new QListWidget(this))
{
    setObjectName(QStringLiteral("commandPalette"));
    setAttribute(Qt::WA_DeleteOnClose);
    setProperty("surface", QStringLiteral("card"));
    m_list->setItemDelegate(new CommandDelegate(look, m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMouseTracking(true);
    m_list->setAccessibleName(tr("What was found"));
    m_field->installEventFilter(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(measure::space2, measure::space2, measure::space2, measure::space2);
    layout->setSpacing(measure::space2);
    layout->addWidget(m_field);
    layout->addWidget(m_list);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::refresh);
    connect(m_field, &SearchField::accepted, this, &CommandPalette::runCurrent);
    connect(m_field, &SearchField::stepped, this,
            [this](int rows) { m_list->setCurrentRow(qBound(0, m_list->currentRow() + rows, m_list->count() - 1)); });
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::runCurrent);
    refresh({});
}

void CommandPalette::popup()
{
    const QWidget *window = parentWidget();
    setFixedSize(std::min(paletteWidth, window->width() - 2 * measure::space5),
                 measure::control + shownRows * measure::row + 4 * measure::space2);
    move(window->mapToGlobal(QPoint((window->width() - width()) / 2, measure::toolBar + measure::space5)));
    show();
    m_field->setFocus();
}

void CommandPalette::refresh(const QString &typed)
{
    QList<QPair<int, qsizetype>> found; // score and index
    for (qsizetype i = 0; i < m_commands.size(); ++i) {
        if (const int score = searchScore(m_commands[i].title, typed))
            found.append({score, i});
    }
    std::stable_sort(found.begin(), found.end(), [](const auto &a, const auto &b) { return a.first > b.first; });
    m_list->clear();
    for (const auto &[score, index] : std::as_const(found)) {
        const Command &command = m_commands[index];
        auto *item = new QListWidgetItem(command.title, m_list);
        item->setData(CommandDelegate::GroupRole, command.group);
        item->setData(CommandDelegate::DetailRole, command.detail);
        item->setData(CommandDelegate::IconRole, command.icon);
        item->setData(CommandDelegate::IndexRole, index);
    }
    m_list->setCurrentRow(0);
    if (found.isEmpty()) {
        auto *none = new QListWidgetItem(tr("Nothing has “%1” in its name").arg(typed), m_list);
        none->setFlags(Qt::NoItemFlags);
        none->setData(CommandDelegate::IndexRole, -1);
    }
}

void CommandPalette::runCurrent()
{
    const QListWidgetItem *item = m_list->currentItem();
    const qsizetype index = item ? item->data(CommandDelegate::IndexRole).toLongLong() : -1;
    if (index < 0)
        return;
    const std::function<void()> run = m_commands[index].run;
    close();
    run();
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Escape && m_field->text().isEmpty()) {
            close();
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace flow
