// SPDX-License-Identifier: GPL-3.0-or-later
#include "include_checker.h"

#include "support/flow_test.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

/// The layers of docs/architecture.md hold in the sources, and the checker finds each way to break them.
class TestLayers : public flow::FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void everyLibraryHasARow();
    void projectHasNoViolation();
    void violationIsFound_data();
    void violationIsFound();
};

namespace {

const QString root = QStringLiteral(FLOW_SOURCE_DIR);

void write(const QString &path, const QString &text)
{
    QVERIFY(QDir().mkpath(path.section(u'/', 0, -2)));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text.toUtf8());
}

} // namespace

void TestLayers::everyLibraryHasARow()
{
    const IncludeChecker checker(root);
    QStringList folders;
    for (const Layer &layer : checker.table().layers())
        folders << layer.folder;
    for (const QString &top : {QStringLiteral("engine"), QStringLiteral("ui"), QStringLiteral("app")}) {
        for (const QString &folder : QDir(root + u'/' + top).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            QVERIFY2(folders.contains(top + u'/' + folder), qPrintable(top + u'/' + folder));
    }
    QVERIFY(checker.fileCount() > 100);
}

void TestLayers::projectHasNoViolation()
{
    QCOMPARE(IncludeChecker(root).violations().join(u'\n'), QString());
}

void TestLayers::violationIsFound_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("include");
    QTest::addColumn<QString>("violation");

    const auto row = [](const char *name, const char *file, const char *include, const char *violation) {
        QTest::newRow(name) << QString::fromUtf8(file) << QString::fromUtf8(include) << QString::fromUtf8(violation);
    };
    row("allowed layer", "engine/model/x.cpp", "\"base/a.h\"", "");
    row("allowed through another", "ui/editor/x.cpp", "\"base/a.h\"", "");
    row("own folder", "engine/base/x.cpp", "\"a.h\"", "");
    row("standard header", "engine/base/x.cpp", "<vector>", "");
    row("allowed Qt", "engine/storage/x.cpp", "<QSqlQuery>", "");
    row("private layer, by its owner", "engine/service/x.cpp", "\"storage/s.h\"", "");
    row("upper layer", "engine/base/x.cpp", "\"model/m.h\"",
        "engine/base/x.cpp: includes model/m.h: flow_base may not use flow_model");
    row("sibling", "engine/execution/x.cpp", "\"storage/s.h\"",
        "engine/execution/x.cpp: includes storage/s.h: flow_execution may not use flow_storage");
    row("by way of ../", "engine/base/x.cpp", "\"../model/m.h\"",
        "engine/base/x.cpp: includes ../model/m.h: flow_base may not use flow_model");
    row("private layer, by another", "ui/shell/x.cpp", "\"storage/s.h\"",
        "ui/shell/x.cpp: includes storage/s.h: flow_shell may not use flow_storage");
    row("private layer through a header", "ui/shell/x.cpp", "\"service/leak.h\"",
        "ui/shell/x.cpp: includes storage/s.h (through engine/service/leak.h): flow_shell may not use flow_storage");
    row("GUI below ui", "engine/model/x.cpp", "<QWidget>",
        "engine/model/x.cpp: includes QWidget: flow_model may not use Qt Widgets");
    row("Qt with its module", "engine/model/x.cpp", "<QtWidgets/QWidget>",
        "engine/model/x.cpp: includes QtWidgets/QWidget: flow_model may not use Qt Widgets");
    row("Qt's lower case header", "engine/model/x.cpp", "<qwidget.h>",
        "engine/model/x.cpp: includes qwidget.h: flow_model may not use Qt Widgets");
    row("whole module", "engine/model/x.cpp", "<QtGui>",
        "engine/model/x.cpp: includes QtGui: flow_model may not use Qt Gui");
    row("foreign library", "engine/model/x.cpp", "<sqlite3.h>",
        "engine/model/x.cpp: includes sqlite3.h: flow_model may not use it");
    row("library of another layer", "engine/base/x.cpp", "<re2/re2.h>",
        "engine/base/x.cpp: includes re2/re2.h: flow_base may not use it");
    row("no such file", "engine/base/x.cpp", "\"nowhere.h\"",
        "engine/base/x.cpp: includes nowhere.h: no such file in the project");
    row("folder without a row", "engine/attic/x.cpp", "<vector>",
        "engine/attic/x.cpp: its folder is in no row of the table");
}

void TestLayers::violationIsFound()
{
    QFETCH(QString, file);
    QFETCH(QString, include);
    QFETCH(QString, violation);

    QTemporaryDir tree;
    QVERIFY(QDir(tree.path()).mkpath(QStringLiteral("docs")));
    QVERIFY(QFile::copy(root + QStringLiteral("/docs/architecture.md"),
                        tree.filePath(QStringLiteral("docs/architecture.md"))));
    write(tree.filePath(QStringLiteral("engine/base/a.h")), QString());
    write(tree.filePath(QStringLiteral("engine/model/m.h")), QString());
    write(tree.filePath(QStringLiteral("engine/storage/s.h")), QString());
    write(tree.filePath(QStringLiteral("engine/service/leak.h")), QStringLiteral("#include \"storage/s.h\"\n"));
    write(tree.filePath(file), QStringLiteral("#include %1\n").arg(include));

    QCOMPARE(IncludeChecker(tree.path()).violations().join(u'\n'), violation);
}

QTEST_GUILESS_MAIN(TestLayers)
#include "tst_layers.moc"
