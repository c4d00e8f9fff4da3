// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/document_tabs.h"

#include "look/elided_label.h"

#include <QFileInfo>
#include <QMenu>
#include <QMouseEvent>
#include <QStackedLayout>
#include <QTabBar>

#include <algorithm>

namespace flow {

namespace {

/// Long names would push the other tabs away. The sign of unsaved changes stays in any case.
QString shortTitle(const FlowTab *tab, const QTabBar *bar)
{
    constexpr int widest = 220;
    QString title = tab->title();
    const QString sign = title.endsWith(FlowTab::unsavedSign()) ? FlowTab::unsavedSign() : QString();
    title.chop(sign.size());
    return bar->fontMetrics().elidedText(title, Qt::ElideRight, widest) + sign;
}

} // namespace

DocumentTabs::DocumentTabs(QWidget *emptyPage, Look *look, QWidget *parent)
    : QWidget(parent)
    , m_look(look)
    , m_emptyPage(emptyPage)
    , m_tabs(new QTabWidget(this))
{
    setObjectName(QStringLiteral("documents"));
    setMinimumSize(320, 200);
    m_tabs->setDocumentMode(true);
    m_tabs->setMovable(true);
    m_tabs->setTabsClosable(true);
    m_tabs->setElideMode(Qt::ElideRight);
    m_tabs->tabBar()->setExpanding(false);
    m_tabs->tabBar()->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tabs->tabBar()->installEventFilter(this);
    auto *layout = new QStackedLayout(this);
    layout->addWidget(emptyPage);
    layout->addWidget(m_tabs);

    connect(m_tabs, &QTabWidget::currentChanged, this, &DocumentTabs::followCurrent);
    connect(m_tabs, &QTabWidget::tabCloseRequested, this,
            [this](int index) { Q_EMIT closeRequested({qobject_cast<FlowTab *>(m_tabs->widget(index))}); });
    connect(m_tabs->tabBar(), &QWidget::customContextMenuRequested, this, &DocumentTabs::showMenu);
}

FlowTab *DocumentTabs::add(std::unique_ptr<FlowDocument> document)
{
    auto *tab = new FlowTab(std::move(document), m_look);
    connect(tab, &FlowTab::titleChanged, this, [this, tab] { refreshTitle(tab); });
    connect(tab->document(), &FlowDocument::homeChanged, this, &DocumentTabs::opened);
    m_tabs->addTab(tab, tab->title());
    refreshTitle(tab);
    activate(tab);
    followCurrent(); // the first tab becomes current before it can be shown
    Q_EMIT added(tab);
    Q_EMIT opened();
    return tab;
}

void DocumentTabs::close(FlowTab *tab)
{
    const int index = m_tabs->indexOf(tab);
    if (index < 0)
        return;
    m_tabs->removeTab(index);
    followCurrent(); // nobody may hold on to the tab that dies now
    tab->deleteLater();
    // Otherwise the next key would land in whatever field of the next flow Qt finds first.
    if (m_current)
        m_current->canvas()->setFocus();
    Q_EMIT closed();
}

void DocumentTabs::activate(FlowTab *tab)
{
    m_tabs->setCurrentWidget(tab);
    tab->canvas()->setFocus();
}

void DocumentTabs::followCurrent()
{
    static_cast<QStackedLayout *>(layout())->setCurrentWidget(m_tabs->count() ? static_cast<QWidget *>(m_tabs)
                                                                              : m_emptyPage);
    auto *current = qobject_cast<FlowTab *>(m_tabs->currentWidget());
    if (current == m_current)
        return;
    m_current = current;
    Q_EMIT currentChanged(current);
}

void DocumentTabs::refreshTitle(FlowTab *tab)
{
    const int index = m_tabs->indexOf(tab);
    if (index < 0)
        return;
    // A single & would be taken for a mnemonic.
    m_tabs->setTabText(index, shortTitle(tab, m_tabs->tabBar()).replace(QStringLiteral("&"), QStringLiteral("&&")));
    m_tabs->setTabToolTip(index, toolTipOf(tab->toolTip()));
    m_tabs->setTabIcon(index, tab->pastRun() ? m_look->icon(QStringLiteral("history"), Role::Muted) : QIcon());
}

QList<FlowTab *> DocumentTabs::all() const
{
    QList<FlowTab *> tabs;
    for (int i = 0; i < m_tabs->count(); ++i)
        tabs.append(qobject_cast<FlowTab *>(m_tabs->widget(i)));
    return tabs;
}

QList<FlowTab *> DocumentTabs::modified() const
{
    QList<FlowTab *> tabs = all();
    tabs.removeIf([](const FlowTab *tab) { return !tab->document()->isModified() || tab->document()->isReadOnly(); });
    return tabs;
}

template <typename Fits>
FlowTab *DocumentTabs::find(Fits fits) const
{
    const QList<FlowTab *> tabs = all();
    const auto found = std::find_if(tabs.cbegin(), tabs.cend(), fits);
    return found == tabs.cend() ? nullptr : *found;
}

FlowTab *DocumentTabs::ofLibraryFlow(const FlowId &id) const
{
    return find([&](const FlowTab *tab) {
        return tab->document()->home().kind == DocumentHome::Kind::Library && tab->document()->flow().id == id;
    });
}

FlowTab *DocumentTabs::ofFile(const QString &path) const
{
    return find([wanted = QFileInfo(path)](const FlowTab *tab) {
        const DocumentHome &home = tab->document()->home();
        return home.kind == DocumentHome::Kind::File && QFileInfo(home.filePath) == wanted;
    });
}

FlowTab *DocumentTabs::ofPastRun(ExecutionId id) const
{
    return find([id](const FlowTab *tab) { return tab->pastRun() == id; });
}

FlowTab *DocumentTabs::ofRun(ExecutionId id) const
{
    return find([id](const FlowTab *tab) { return tab->run().id == id; });
}

bool DocumentTabs::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::MouseButtonRelease) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const int index = m_tabs->tabBar()->tabAt(mouse->pos());
        if (mouse->button() == Qt::MiddleButton && index >= 0) {
            Q_EMIT closeRequested({qobject_cast<FlowTab *>(m_tabs->widget(index))});
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void DocumentTabs::showMenu(const QPoint &position)
{
    auto *tab = qobject_cast<FlowTab *>(m_tabs->widget(m_tabs->tabBar()->tabAt(position)));
    if (!tab)
        return;
    QList<FlowTab *> others = all();
    others.removeOne(tab);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *save = menu->addAction(tr("Save"), this, [this, tab] { Q_EMIT saveRequested(tab); });
    save->setEnabled(!tab->document()->isReadOnly());
    menu->addSeparator();
    menu->addAction(tr("Close"), this, [this, tab] { Q_EMIT closeRequested({tab}); });
    QAction *rest = menu->addAction(tr("Close the others"), this, [this, others] { Q_EMIT closeRequested(others); });
    rest->setEnabled(!others.isEmpty());
    menu->addAction(tr("Close all"), this, [this] { Q_EMIT closeRequested(all()); });
    menu->popup(m_tabs->tabBar()->mapToGlobal(position));
}

} // namespace flow
