// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/problems_panel.h"

#include "editor/problems_delegate.h"
#include "editor/problems_model.h"
#include "look/format.h"
#include "look/small_widgets.h"

#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QPointer>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace flow {

class ProblemsPanel::Private
{
public:
    Private(const Look *look, ProblemsPanel *panel)
        : model(new ProblemsModel(panel))
        , count(new QLabel(panel))
        , list(new QListView)
        , delegate(new ProblemsDelegate(look, list))
        , empty(new EmptyState(look, QStringLiteral("check")))
        , stack(new QStackedWidget(panel))
    {
        setTone(count, Tone::Muted);
        list->setModel(model);
        list->setItemDelegate(delegate);
        list->setVerticalScrollMode(QListView::ScrollPerPixel);
        list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        list->setMouseTracking(true);
        list->setResizeMode(QListView::Adjust);
        list->setContextMenuPolicy(Qt::CustomContextMenu);
        list->setAccessibleName(ProblemsPanel::tr("Problems of this flow"));
        stack->addWidget(list);
        stack->addWidget(empty);
    }

    void show()
    {
        if (document)
            model->setIssues(document->issues(), document->flow());
        else
            model->setIssues({}, {});
        if (document)
            empty->setText(ProblemsPanel::tr("No problems found"), ProblemsPanel::tr("This flow is ready to run."));
        else
            empty->setText(ProblemsPanel::tr("No flow is open"), ProblemsPanel::tr("Open a flow to see its problems."));
        stack->setCurrentIndex(model->rowCount() == 0 ? 1 : 0);
        count->setText(countText());
        count->setVisible(model->rowCount() > 0);
    }

    QString countText() const
    {
        const int errors = model->errorCount();
        const int warnings = model->warningCount();
        QStringList parts;
        if (errors > 0)
            parts << (errors == 1 ? ProblemsPanel::tr("1 error")
                                  : ProblemsPanel::tr("%1 errors").arg(formatNumber(errors)));
        if (warnings > 0)
            parts << (warnings == 1 ? ProblemsPanel::tr("1 warning")
                                    : ProblemsPanel::tr("%1 warnings").arg(formatNumber(warnings)));
        const QString hint = errors > 0 ? ProblemsPanel::tr("Errors keep the flow from running.")
                                        : ProblemsPanel::tr("Warnings do not keep the flow from running.");
        return parts.join(QStringLiteral(" · ")) + QStringLiteral("  —  ") + hint;
    }

    void fix(int row)
    {
        if (row >= model->rowCount())
            return;
        // The issue goes away with the change it causes.
        const Issue issue = model->issue(row);
        if (document && issue.fix)
            document->applyFix(issue);
    }

    QPointer<FlowDocument> document;
    ProblemsModel *model;
    QLabel *count;
    QListView *list;
    ProblemsDelegate *delegate;
    EmptyState *empty;
    QStackedWidget *stack;
};

ProblemsPanel::ProblemsPanel(Look *look, QWidget *parent)
    : QWidget(parent)
    , d(new Private(look, this))
{
    setProperty("surface", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    d->count->setContentsMargins(measure::space3, measure::space2, measure::space3, measure::space1);
    layout->addWidget(d->count);
    layout->addWidget(d->stack, 1);
    setFocusProxy(d->list);

    connect(d->delegate, &ProblemsDelegate::rowClicked, this,
            [this](int row) { Q_EMIT placeActivated(d->model->issue(row).place); });
    connect(d->delegate, &ProblemsDelegate::fixClicked, this, [this](int row) { d->fix(row); });
    connect(d->list, &QListView::activated, this,
            [this](const QModelIndex &index) { Q_EMIT placeActivated(d->model->issue(index.row()).place); });
    connect(d->list, &QListView::customContextMenuRequested, this, [this](const QPoint &at) {
        const QModelIndex index = d->list->indexAt(at);
        if (!index.isValid())
            return;
        auto *menu = new QMenu(d->list);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        const int row = index.row();
        const Place place = d->model->issue(row).place;
        menu->addAction(tr("Go to the place"), this, [this, place] { Q_EMIT placeActivated(place); });
        if (d->model->issue(row).fix)
            menu->addAction(d->model->issue(row).fix->label, this, [this, row] { d->fix(row); });
        menu->popup(d->list->viewport()->mapToGlobal(at));
    });
    d->show();
}

ProblemsPanel::~ProblemsPanel()
{
    delete d;
}

void ProblemsPanel::setDocument(FlowDocument *document)
{
    if (d->document)
        d->document->disconnect(this);
    d->document = document;
    if (document) {
        connect(document, &FlowDocument::issuesChanged, this, [this] { d->show(); });
        connect(document, &QObject::destroyed, this, [this] { setDocument(nullptr); });
    }
    d->show();
}

} // namespace flow
