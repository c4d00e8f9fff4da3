// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"

#include <QJsonValue>
#include <QWidget>

namespace flow {

/// A JSON value to look at: as a tree, as a table where it holds a list of like objects, or as text; copied whole with
/// one button. GUI thread.
class JsonView : public QWidget
{
    Q_OBJECT

public:
    enum class Mode { Tree, Table, Text };

    explicit JsonView(const Look *look, QWidget *parent = nullptr);
    ~JsonView() override;

    /// What is shown above: "Output". The value may be undefined: `emptyText` is shown then.
    void setValue(const QString &title, const QJsonValue &value, const QString &emptyText);
    QJsonValue value() const;

    Mode mode() const;
    void setMode(Mode mode); ///< Table falls back to Tree where there is no table

    void copy() const; ///< canonical JSON to the clipboard

private:
    class Private;
    Private *d;
};

} // namespace flow
