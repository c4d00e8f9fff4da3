// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/name_dialog.h"

#include "look/look.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace flow {

NameDialog::NameDialog(const QString &name, Look *look, QWidget *parent)
    : QDialog(parent)
    , m_name(new QLineEdit(name, this))
{
    setObjectName(QStringLiteral("nameDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setWindowTitle(tr("Save flow"));
    m_name->setMaxLength(255);
    m_name->selectAll();
    auto *title = new QLabel(tr("Save the flow as"), this);
    title->setFont(look->font(Look::Text::Title));
    title->setBuddy(m_name);
    auto *hint = new QLabel(tr("It goes into the library, where it is found again together with its runs."), this);
    hint->setProperty("tone", QStringLiteral("muted"));
    hint->setWordWrap(true);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    QPushButton *toFile = buttons->addButton(tr("To a file instead..."), QDialogButtonBox::ActionRole);
    toFile->setAutoDefault(false);
    QPushButton *save = buttons->button(QDialogButtonBox::Save);
    connect(toFile, &QPushButton::clicked, this, [this] { done(ToFile); });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_name, &QLineEdit::textChanged, this, [this, save] { save->setEnabled(!this->name().isEmpty()); });

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(measure::space5, measure::space5, measure::space5, measure::space4);
    layout->setSpacing(measure::space2);
    layout->addWidget(title);
    layout->addWidget(m_name);
    layout->addWidget(hint);
    layout->addSpacing(measure::space3);
    layout->addWidget(buttons);
    setMinimumWidth(440);
}

QString NameDialog::name() const
{
    return m_name->text().trimmed();
}

} // namespace flow
