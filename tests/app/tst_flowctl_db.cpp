// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowctl_program.h"
#include "support/flow_test.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QSqlDatabase>
#include <QSqlQuery>

namespace {

/// Runs a statement on the program's database from outside.
bool change(const QString &file, const QString &sql)
{
    bool good = false;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("change"));
        database.setDatabaseName(file);
        good = database.open() && QSqlQuery(database).exec(sql);
    }
    QSqlDatabase::removeDatabase(QStringLiteral("change"));
    return good;
}

void runTimes(const Flowctl &flowctl, int times)
{
    flowctl.run("run -", oneTask("noop"));
    for (int time = 1; time < times; ++time)
        flowctl.run("run one");
}

} // namespace

class TestFlowctlDb : public flow::FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void backUp();
    void neverBacksUpOntoItself();
    void restore();
    void check();
    void stats();
    void prune();
};

void TestFlowctlDb::backUp()
{
    const Flowctl flowctl;
    runTimes(flowctl, 2);
    const QString file = flowctl.path(QStringLiteral("copy.db"));
    const Outcome done = flowctl.run({QStringLiteral("db"), QStringLiteral("backup"), file});
    QCOMPARE(done.code, 0);
    QVERIFY2(done.out.startsWith(QStringLiteral("Backed up to %1 (").arg(file)), qPrintable(done.out));
    QCOMPARE(QFile::permissions(file) & (QFile::ReadOther | QFile::ReadGroup), QFile::Permissions());
    const Outcome again = flowctl.run({QStringLiteral("db"), QStringLiteral("backup"), file});
    QCOMPARE(again.code, 1);
    QVERIFY2(again.err.contains(QStringLiteral("--force")), qPrintable(again.err));
    const Outcome forced =
        flowctl.run({QStringLiteral("db"), QStringLiteral("backup"), file, QStringLiteral("--force")});
    QCOMPARE(forced.code, 0);
    QVERIFY(!QFile::exists(file + QStringLiteral(".new")));
    // It is a database like the other.
    const Outcome stats = flowctl.run({QStringLiteral("db"), QStringLiteral("stats"), QStringLiteral("--json")}, {},
                                      {{QStringLiteral("DATABASE_URL"), QStringLiteral("sqlite:///") + file}});
    QCOMPARE(dataOf(stats.out)[u"history"][0][u"executions"][u"completed"].toInt(), 2);
}

void TestFlowctlDb::neverBacksUpOntoItself()
{
    const Flowctl flowctl;
    runTimes(flowctl, 1);
    const QStringList ontoItself{QStringLiteral("db"), QStringLiteral("backup"),
                                 flowctl.dataDir() + QStringLiteral("/flows.db"), QStringLiteral("--force")};
    const auto refused = [&] {
        const Outcome done = flowctl.run(ontoItself);
        return done.code == 1 && done.err.contains(QStringLiteral("This is the database itself"));
    };
    QVERIFY(refused());
    QProcess server; // and while another program has it open
    QVERIFY(!flowctl.serve(server).isEmpty());
    QVERIFY(refused());
    server.terminate();
    QVERIFY(server.waitForFinished());
    QCOMPARE(flowctl.run("db check").code, 0);
    QCOMPARE(flowctl.run("executions show 1").code, 0);
}

void TestFlowctlDb::restore()
{
    const Flowctl flowctl;
    const QString backup = flowctl.path(QStringLiteral("copy.db"));
    const QStringList restore{QStringLiteral("db"), QStringLiteral("restore"), backup};
    const Outcome missing = flowctl.run(restore);
    QCOMPARE(missing.code, 3);
    QVERIFY2(missing.err.contains(QStringLiteral("There is no such file")), qPrintable(missing.err));

    runTimes(flowctl, 2);
    QCOMPARE(flowctl.run({QStringLiteral("db"), QStringLiteral("backup"), backup}).code, 0);
    QProcess server;
    QVERIFY(!flowctl.serve(server).isEmpty());
    runTimes(flowctl, 1);
    const Outcome inUse = flowctl.run(restore);
    QCOMPARE(inUse.code, 1);
    QVERIFY2(inUse.err.contains(QStringLiteral("A program has this database open")), qPrintable(inUse.err));
    server.kill(); // its log stays beside the file
    QVERIFY(server.waitForFinished());
    QVERIFY(QFileInfo(flowctl.dataDir() + QStringLiteral("/flows.db-wal")).size() > 0);

    const Outcome done = flowctl.run(restore);
    QVERIFY2(done.code == 0, qPrintable(done.err));
    const QString kept = QStringLiteral("The database that was there is kept as ");
    QVERIFY2(done.out.startsWith(QStringLiteral("Restored from %1\n").arg(backup) + kept), qPrintable(done.out));
    QCOMPARE(flowctl.run("db check").code, 0);
    QCOMPARE(dataOf(flowctl.run("db stats --json").out)[u"history"][0][u"executions"][u"completed"].toInt(), 2);
    // Nothing of the old one is lost.
    const QString old = done.out.section(kept, 1).trimmed();
    const Outcome before = flowctl.run({QStringLiteral("db"), QStringLiteral("stats"), QStringLiteral("--json")}, {},
                                       {{QStringLiteral("DATABASE_URL"), QStringLiteral("sqlite:///") + old}});
    QCOMPARE(dataOf(before.out)[u"history"][0][u"executions"][u"completed"].toInt(), 3);
}

void TestFlowctlDb::check()
{
    const Flowctl flowctl;
    runTimes(flowctl, 2);
    const Outcome good = flowctl.run("db check");
    QCOMPARE(good.code, 0);
    QCOMPARE(good.out, QStringLiteral("The database is whole\n"));
    const QString file = flowctl.dataDir() + QStringLiteral("/flows.db");
    QVERIFY(change(file, QStringLiteral("UPDATE execution_counts SET executions = 7 WHERE flow_id = 'one' AND status ="
                                        " 'completed'")));
    QVERIFY(change(file, QStringLiteral("UPDATE flow_revisions SET definition = replace(definition, 'one', 'two')")));
    const Outcome bad = flowctl.run("db check");
    QCOMPARE(bad.code, 4);
    QVERIFY2(bad.out.contains(QStringLiteral("the kept number of runs is wrong: one completed: 7")),
             qPrintable(bad.out));
    QVERIFY(bad.out.contains(QStringLiteral("is not what it was")));
    QVERIFY(bad.err.contains(QStringLiteral("2 problems")));
    // So damaged that it cannot be opened.
    QFile broken(file);
    QVERIFY(broken.open(QIODevice::WriteOnly | QIODevice::Truncate) && broken.write("not a database at all") > 0);
    broken.close();
    QCOMPARE(flowctl.run("db check").code, 4);
}

void TestFlowctlDb::stats()
{
    const Flowctl flowctl;
    runTimes(flowctl, 3);
    const Outcome shown = flowctl.run("db stats");
    QCOMPARE(shown.code, 0);
    QVERIFY2(shown.out.contains(QStringLiteral("1 flow, 1 revision, 0 pinned runs")), qPrintable(shown.out));
    const QJsonObject data = dataOf(flowctl.run("db stats --json").out);
    QVERIFY(data[u"bytes"].toInt() > 50'000);
    QCOMPARE(data[u"history"][0][u"flow_id"].toString(), QStringLiteral("one"));
    QCOMPARE(data[u"history"][0][u"executions"][u"completed"].toInt(), 3);
}

void TestFlowctlDb::prune()
{
    const Flowctl flowctl;
    runTimes(flowctl, 5);
    const Flowctl::Variables two{{QStringLiteral("FLOW_KEEP_RUNS_PER_FLOW"), QStringLiteral("2")}};
    const auto db = [&](const QStringList &words) {
        return flowctl.run(QStringList{QStringLiteral("db"), QStringLiteral("prune")} + words, {}, two);
    };
    QCOMPARE(flowctl.run("db prune").out.section(u';', 0, 0),
             QStringLiteral("Removed 0 runs, 0 with all that these had started"));
    QCOMPARE(db({QStringLiteral("--dry-run")}).out, QStringLiteral("3 runs would be removed\n"));
    const Outcome pruned = db({});
    QCOMPARE(pruned.code, 0);
    QVERIFY2(pruned.out.startsWith(QStringLiteral("Removed 3 runs, 3 with all that these had started; 0 revisions; "
                                                  "gave back ")),
             qPrintable(pruned.out));
    QCOMPARE(dataOf(flowctl.run("db stats --json").out)[u"history"][0][u"executions"][u"completed"].toInt(), 2);
    QCOMPARE(flowctl.run("executions show 3").code, 3);
    QCOMPARE(flowctl.run("executions show 4").code, 0);
    QCOMPARE(flowctl.run("db check").code, 0);
}

QTEST_GUILESS_MAIN(TestFlowctlDb)
#include "tst_flowctl_db.moc"
