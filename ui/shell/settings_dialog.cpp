// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/settings_dialog.h"

#include "look/small_widgets.h"

#include <QComboBox>
#include <QDesktopServices>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileInfo>
#include <QFormLayout>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QUrl>
#include <QVBoxLayout>

namespace flow {

namespace {

constexpr int fieldWidth = 160;
constexpr int pathWidth = 300;
constexpr int maxSeconds = 31'536'000;

/// Where flows and runs are kept: a file, or a database on a server without who gets in there.
QString databaseOf(const ServiceSettings &settings)
{
    static const QString scheme = QStringLiteral("sqlite:///");
    if (settings.databaseUrl.isEmpty())
        return settings.dataDir + QStringLiteral("/flows.db");
    if (settings.databaseUrl.startsWith(scheme))
        return QFileInfo(settings.databaseUrl.mid(scheme.size())).absoluteFilePath();
    return QUrl(settings.databaseUrl).toDisplayString(QUrl::RemoveUserInfo);
}

} // namespace

SettingsDialog::SettingsDialog(const ServiceSettings &settings, const QString &settingsFile, Look *look,
                               QWidget *parent)
    : QDialog(parent)
    , m_settingsFile(settingsFile)
    , m_theme(new QComboBox(this))
    , m_taskLimit(makeSeconds(settings.taskTimeLimit, QStringLiteral("taskLimit")))
    , m_flowLimit(makeSeconds(settings.flowTimeLimit, QStringLiteral("flowLimit")))
    , m_port(new QSpinBox(this))
{
    setObjectName(QStringLiteral("settings"));
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Settings"));
    m_theme->addItem(tr("As the system"), static_cast<int>(Look::Mode::System));
    m_theme->addItem(tr("Light"), static_cast<int>(Look::Mode::Light));
    m_theme->addItem(tr("Dark"), static_cast<int>(Look::Mode::Dark));
    m_theme->setCurrentIndex(m_theme->findData(static_cast<int>(look->mode())));
    m_theme->setFixedWidth(fieldWidth);
    m_port->setRange(1, 65535);
    m_port->setValue(settings.port);
    m_port->setFixedWidth(fieldWidth);
    m_port->setObjectName(QStringLiteral("port"));

    auto *title = new QLabel(tr("Settings"), this);
    title->setFont(look->font(Look::Text::Title));
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(measure::space5);
    form->setVerticalSpacing(measure::space3);
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    form->addRow(tr("Theme"), m_theme);
    form->addRow(tr("Time limit of a task"), m_taskLimit);
    form->addRow(tr("Time limit of a run"), m_flowLimit);
    form->addRow(tr("Port of the REST server"), m_port);
    form->addRow(tr("Data folder"), makeFolderRow(settings.dataDir));
    form->addRow(tr("Database"), makePath(databaseOf(settings), QStringLiteral("databasePath")));
    auto *hint = new QLabel(tr("Time limits apply from the next start, the port when the server is next switched on. "
                               "Environment variables and the command line come before these settings."),
                            this);
    hint->setWordWrap(true);
    setTone(hint, Tone::Muted);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(measure::space5, measure::space5, measure::space5, measure::space4);
    layout->setSpacing(measure::space4);
    layout->addWidget(title);
    layout->addLayout(form);
    layout->addWidget(hint);
    layout->addWidget(buttons);
    setMinimumWidth(520);
}

QSpinBox *SettingsDialog::makeSeconds(std::chrono::nanoseconds value, const QString &name)
{
    auto *box = new QSpinBox(this);
    box->setObjectName(name);
    box->setRange(1, maxSeconds);
    box->setSuffix(tr(" s"));
    box->setGroupSeparatorShown(true);
    box->setValue(static_cast<int>(std::chrono::duration_cast<std::chrono::seconds>(value).count()));
    box->setFixedWidth(fieldWidth);
    return box;
}

QWidget *SettingsDialog::makeFolderRow(const QString &folder)
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(measure::space2);
    QLabel *path = makePath(folder, QStringLiteral("dataFolder"));
    path->setToolTip(path->toolTip() + u'\n' +
                     tr("Holds the library, the history and the token. Start with --data-dir to use another one."));
    auto *open = new QPushButton(tr("Show"), row);
    open->setAutoDefault(false);
    connect(open, &QPushButton::clicked, this, [folder] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); });
    layout->addWidget(path);
    layout->addWidget(open);
    return row;
}

/// Cut in the middle where it is too long for the dialog; whole in the tool tip.
QLabel *SettingsDialog::makePath(const QString &path, const QString &name)
{
    const QString shown = QDir::toNativeSeparators(path);
    auto *label = new QLabel(fontMetrics().elidedText(shown, Qt::ElideMiddle, pathWidth), this);
    label->setObjectName(name);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setTextFormat(Qt::PlainText);
    label->setToolTip(shown);
    return label;
}

Look::Mode SettingsDialog::theme() const
{
    return static_cast<Look::Mode>(m_theme->currentData().toInt());
}

quint16 SettingsDialog::port() const
{
    return static_cast<quint16>(m_port->value());
}

Result<void> SettingsDialog::save() const
{
    QDir().mkpath(QFileInfo(m_settingsFile).absolutePath());
    QSettings settings(m_settingsFile, QSettings::IniFormat);
    settings.setValue(QStringLiteral("limits/task_timeout"), m_taskLimit->value());
    settings.setValue(QStringLiteral("limits/max_flow_execution_time"), m_flowLimit->value());
    settings.setValue(QStringLiteral("server/port"), m_port->value());
    settings.sync();
    if (settings.status() == QSettings::NoError)
        return {};
    return Error{.code = ErrorCode::Io,
                 .reason = tr("cannot be written; check its permissions and the space on the disk"),
                 .file = m_settingsFile};
}

} // namespace flow
