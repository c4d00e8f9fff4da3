// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"
#include "shell/library_model.h"

#include <QWidget>

class QLabel;
class QListView;
class QSortFilterProxyModel;

namespace flow {

class LibraryDelegate;
class SearchField;

/// The flows of the library with their last result; filter, open, and by context menu everything else that can be done
/// with one. Asks through signals. GUI thread.
class LibraryPanel : public QWidget
{
    Q_OBJECT

public:
    explicit LibraryPanel(Look *look, QWidget *parent = nullptr);

    LibraryModel *model() const { return m_model; }
    void setLoading(const QString &text); ///< while the database opens or when it cannot be; empty: it is open
    void setOpenFlow(const FlowId &id);   ///< the one on the canvas
    void editName(const FlowId &id);

Q_SIGNALS:
    void openRequested(const flow::FlowId &id);
    void newRequested();
    void exampleRequested();
    void duplicateRequested(const flow::FlowId &id);
    void deleteRequested(const flow::FlowId &id);
    void exportRequested(const flow::FlowId &id);

private:
    QWidget *makeEmptyPage();
    void showMenu(const QPoint &position);
    void refresh();
    FlowId idAt(const QModelIndex &index) const;

    LibraryModel *m_model;
    LibraryDelegate *m_delegate;
    QSortFilterProxyModel *m_filtered;
    SearchField *m_filter;
    QListView *m_list;
    QWidget *m_empty;
    QLabel *m_message;
    QString m_loading;
    FlowId m_openFlow;
};

} // namespace flow
