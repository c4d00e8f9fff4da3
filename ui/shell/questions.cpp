// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/questions.h"

#include "look/theme.h"

#include <QCoreApplication>
#include <QEvent>
#include <QLabel>
#include <QLayout>
#include <QPushButton>

namespace flow {

namespace {

constexpr int textWidth = 340;

/// The question stands out, and there is room around it.
void arrange(QMessageBox *box)
{
    box->layout()->setContentsMargins(measure::space5, measure::space5, measure::space5, measure::space4);
    if (auto *text = box->findChild<QLabel *>(QStringLiteral("qt_msgbox_label"))) {
        QFont strong = text->font();
        strong.setWeight(QFont::DemiBold);
        text->setFont(strong);
        text->setMinimumWidth(textWidth);
        text->setWordWrap(true);
    }
}

/// Qt lays the box out anew whenever the style changes, which the theme and the first showing do.
class QuestionBox : public QMessageBox
{
public:
    using QMessageBox::QMessageBox;

protected:
    void changeEvent(QEvent *event) override
    {
        QMessageBox::changeEvent(event);
        if (event->type() == QEvent::StyleChange)
            arrange(this);
    }
    void showEvent(QShowEvent *event) override
    {
        arrange(this);
        QMessageBox::showEvent(event);
    }
};

} // namespace

void ask(QWidget *window, QMessageBox::Icon icon, const QString &text, const QString &detail,
         const QList<Choice> &choices)
{
    auto *box = new QuestionBox(icon, QCoreApplication::applicationName(), text, QMessageBox::NoButton, window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowModality(Qt::WindowModal);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(detail);
    for (const Choice &choice : choices) {
        QPushButton *button = box->addButton(choice.label, choice.role);
        button->setProperty("choice", choice.label);
        if (choice.isDefault)
            box->setDefaultButton(button);
        if (choice.role == QMessageBox::RejectRole)
            box->setEscapeButton(button);
        if (choice.role == QMessageBox::DestructiveRole)
            button->setProperty("kind", QStringLiteral("danger"));
        if (!choice.action)
            continue;
        // Queued, so that the box is gone before what follows may open the next one.
        QObject::connect(
            box, &QMessageBox::buttonClicked, window,
            [button, action = choice.action](QAbstractButton *clicked) {
                if (clicked == button)
                    action();
            },
            Qt::QueuedConnection);
    }
    box->open();
}

void tell(QWidget *window, const QString &text, const Error &error)
{
    ask(window, QMessageBox::Warning, text, error.text(),
        {{.label = QCoreApplication::translate("Questions", "Close"),
          .role = QMessageBox::RejectRole,
          .isDefault = true}});
}

} // namespace flow
