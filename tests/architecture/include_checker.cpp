// SPDX-License-Identifier: GPL-3.0-or-later
#include "include_checker.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QLibraryInfo>
#include <QRegularExpression>

namespace {

QString readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// The Qt modules that have this header; `QtSql/QSqlQuery` names its module itself.
QSet<QString> qtModulesOf(const QString &header)
{
    static const QString includes = QLibraryInfo::path(QLibraryInfo::HeadersPath);
    static const QStringList modules = QDir(includes).entryList({QStringLiteral("Qt*")}, QDir::Dirs);
    const QString first = header.section(u'/', 0, 0);
    if (modules.contains(first))
        return {first.mid(2)};
    QSet<QString> found;
    for (const QString &module : modules) {
        if (QFile::exists(includes + u'/' + module + u'/' + header))
            found << module.mid(2);
    }
    return found;
}

bool isStandard(const QString &header)
{
    static const QRegularExpression plain(
        QStringLiteral("^(c?[a-z_0-9]+|(sys|linux|unistd|signal|fcntl|poll|errno|termios)[a-z_/]*\\.h|sys/[a-z_]+\\.h)$"));
    return plain.match(header).hasMatch();
}

} // namespace

IncludeChecker::IncludeChecker(const QString &root)
    : m_root(root)
    , m_table(LayerTable::parse(readAll(root + QStringLiteral("/docs/architecture.md"))))
{
    readFiles();
}

void IncludeChecker::readFiles()
{
    static const QRegularExpression line(QStringLiteral("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]"),
                                         QRegularExpression::MultilineOption);
    for (const QString &top : {QStringLiteral("engine"), QStringLiteral("ui"), QStringLiteral("app")}) {
        QDirIterator files(m_root + u'/' + top, {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            QList<Include> &includes = m_includes[path.mid(m_root.size() + 1)];
            for (auto match = line.globalMatch(readAll(path)); match.hasNext();) {
                const QRegularExpressionMatch found = match.next();
                includes << Include{found.captured(2), found.captured(1) == u"\""};
            }
        }
    }
}

QString IncludeChecker::resolve(const QString &from, const Include &include) const
{
    const QString folder = from.section(u'/', 0, -2);
    for (const QString &start : {folder, QStringLiteral("engine"), QStringLiteral("ui"), QStringLiteral("app")}) {
        const QString path = QDir::cleanPath(start + u'/' + include.text);
        if (m_includes.contains(path))
            return path;
    }
    return {};
}

QStringList IncludeChecker::violations() const
{
    QStringList found;
    for (auto file = m_includes.keyBegin(); file != m_includes.keyEnd(); ++file)
        found += checkFile(*file);
    return found;
}

QStringList IncludeChecker::checkFile(const QString &file) const
{
    const Layer *layer = m_table.layerOf(file);
    if (!layer)
        return {file + QStringLiteral(": its folder is in no row of the table")};

    QStringList found;
    // Follows project headers, so that a private layer that leaks through a public header is found where it arrives.
    QSet<QString> seen{file};
    QStringList open{file};
    while (!open.isEmpty()) {
        const QString current = open.takeFirst();
        for (const Include &include : m_includes.value(current)) {
            const QString target = resolve(current, include);
            QString problem;
            if (!target.isEmpty())
                problem = checkProject(*layer, target);
            else if (current == file)
                problem = checkOutside(*layer, include);
            if (!problem.isEmpty()) {
                const QString way = current == file ? QString() : QStringLiteral(" (through %1)").arg(current);
                found << QStringLiteral("%1: includes %2%3: %4").arg(file, include.text, way, problem);
            } else if (!target.isEmpty() && !seen.contains(target)) {
                seen << target;
                open << target;
            }
        }
    }
    return found;
}

QString IncludeChecker::checkProject(const Layer &layer, const QString &target) const
{
    const Layer *other = m_table.layerOf(target);
    if (!other)
        return QStringLiteral("its folder is in no row of the table");
    QSet<QString> allowed = m_table.reachable(layer.name);
    for (const QString &used : layer.usesPrivately)
        allowed += m_table.reachable(used);
    if (allowed.contains(other->name))
        return {};
    return QStringLiteral("%1 may not use %2").arg(layer.name, other->name);
}

QString IncludeChecker::checkOutside(const Layer &layer, const Include &include) const
{
    const QString &text = include.text;
    if (include.quoted) {
        // What moc, rcc and uic write lies in the build folder.
        static const QRegularExpression generated(QStringLiteral("^(moc_.*\\.cpp|[a-z_0-9]+\\.moc)$"));
        return generated.match(text).hasMatch() ? QString() : QStringLiteral("no such file in the project");
    }
    const QSet<QString> modules = qtModulesOf(text);
    if (!modules.isEmpty()) {
        if (modules.intersects(m_table.qtModules(layer.name)))
            return {};
        return QStringLiteral("%1 may not use Qt %2").arg(layer.name, QStringList(modules.values()).join(u'/'));
    }
    if (isStandard(text) || m_table.others(layer.name).contains(text.section(u'/', 0, 0)))
        return {};
    return QStringLiteral("%1 may not use it").arg(layer.name);
}
