// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLineEdit;

namespace flow {

class Look;

/// Asks for a new flow's name when it is saved for the first time: into the library, or to a file instead. GUI thread.
class NameDialog : public QDialog
{
    Q_OBJECT

public:
    /// QDialog::finished() tells Accepted (the library), ToFile or Rejected.
    static constexpr int ToFile = 2;

    NameDialog(const QString &name, Look *look, QWidget *parent);

    QString name() const;

private:
    QLineEdit *m_name;
};

} // namespace flow
