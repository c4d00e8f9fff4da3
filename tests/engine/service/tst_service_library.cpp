// SPDX-License-Identifier: GPL-3.0-or-later
#include "service_fixture.h"
#include "support/flow_test.h"

#include <QFileInfo>
#include <QSignalSpy>

using namespace flow;

/// What the service lets into the library, and what it does with it.
class TestServiceLibrary : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void dataFolderIsPrivate();
    void namesAreSeenWithoutOpening();
    void createRefuses_data();
    void createRefuses();
    void draftsMayBeSaved();
    void saveCreatesThenUpdates();
    void saveStandsOnAVersion();
    void oneOfTwoProgramsWins();
    void savesAtOnceAllCount();
    void updateMayRefuse();
    void updateChecksWhatItChanges();
    void everyStateIsKept();
    void deletionTakesRunningExecutionsAlong();
    void deletionsAtOnceDoNotWaitForEachOther();
    void asyncGivesTheResult();
};

void TestServiceLibrary::dataFolderIsPrivate()
{
    const ServiceFixture service;
    QCOMPARE(QFileInfo(service.dataDir()).permissions() & 0x0077, QFile::Permissions());
    if (test::onServer())
        return;
    QCOMPARE(QFileInfo(service.dataDir() + QStringLiteral("/flows.db")).permissions() & 0x0077, QFile::Permissions());
}

void TestServiceLibrary::namesAreSeenWithoutOpening()
{
    QTemporaryDir folder;
    ServiceSettings settings;
    settings.dataDir = folder.filePath(QStringLiteral("none"));
    const auto none = FlowService::lookAtLibrary(settings);
    QVERIFY(none && !*none);
    QVERIFY(!QFileInfo::exists(settings.dataDir));

    ServiceFixture service;
    settings.dataDir = service.dataDir();
    settings.databaseUrl = service.databaseUrl();
    FlowFile file = fileOf(QStringLiteral("x"), QStringLiteral("a"));
    file.flow.name = QStringLiteral("The first");
    QVERIFY(service->createFlow(file));
    const LibraryFlows flows{{{QStringLiteral("x"), QStringLiteral("The first")}}};
    QCOMPARE(service->libraryFlows().value(), flows);
    QCOMPARE(FlowService::lookAtLibrary(settings).value(), std::optional(flows)); // while a program has it open
    service.close();
    QCOMPARE(FlowService::lookAtLibrary(settings).value(), std::optional(flows));
}

void TestServiceLibrary::createRefuses_data()
{
    QTest::addColumn<FlowFile>("file");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("reason"); // its beginning

    const auto row = [](const char *name, const FlowFile &file, ErrorCode code, const char *reason) {
        QTest::newRow(name) << file << code << QString::fromLatin1(reason);
    };
    const auto id = QStringLiteral("new");
    row("known id", fileOf(QStringLiteral("known"), QStringLiteral("a")), ErrorCode::Conflict,
        "Flow with id 'known' already exists");
    row("unknown type", fileOf(id, QStringLiteral("a,type=magic")), ErrorCode::InvalidFlow,
        "Task 'magic' not found in task registry");
    row("each unknown type once", fileOf(id, QStringLiteral("a,type=x b,type=x c,type=y")), ErrorCode::InvalidFlow,
        "Task 'x' not found in task registry\nTask 'y' not found in task registry");
    row("no tasks", fileOf(id, QString()), ErrorCode::InvalidFlow, "");
    row("unknown target", fileOf(id, QStringLiteral("a"), QStringLiteral("a success b|end")), ErrorCode::InvalidFlow,
        "conditions[0].target_task_success = \"b\"");
    row("two of a name", fileOf(id, QStringLiteral("a a")), ErrorCode::InvalidFlow, "tasks: task names must be unique");
    row("id too long", fileOf(QString(101, u'x'), QStringLiteral("a")), ErrorCode::InvalidFlow, "id = ");
}

void TestServiceLibrary::createRefuses()
{
    QFETCH(FlowFile, file);
    QFETCH(ErrorCode, code);
    QFETCH(QString, reason);
    const ServiceFixture service;
    QVERIFY(service->createFlow(fileOf(QStringLiteral("known"), QStringLiteral("a"))));
    const QSignalSpy saved(&*service, &FlowService::flowSaved);
    const Result<StoredFlow> created = service->createFlow(file);
    QVERIFY(!created);
    QVERIFY(created.error().code == code);
    QVERIFY2(created.error().reason.startsWith(reason), qPrintable(created.error().reason));
    QCOMPARE(service->flows({}).value().total, 1);
    QCOMPARE(saved.size(), 0);
}

void TestServiceLibrary::draftsMayBeSaved()
{
    const ServiceFixture service;
    const FlowFile unfinished =
        fileOf(QStringLiteral("draft"), QStringLiteral("a,type=not-here b"), QStringLiteral("a success gone|end"));
    QVERIFY(service->saveFlow(unfinished));
    QVERIFY(service->flow(QStringLiteral("draft"))->file == unfinished);
    const Result<ExecutionId> started = service->start(QStringLiteral("draft"), {});
    QVERIFY(!started);
    QVERIFY(started.error().code == ErrorCode::InvalidFlow);
    QVERIFY(service->updateFlow(QStringLiteral("draft"), [](StoredFlow &flow) -> Result<void> {
        flow.isActive = false; // does not touch what is unfinished
        return {};
    }));
}

void TestServiceLibrary::saveCreatesThenUpdates()
{
    const ServiceFixture service;
    const QSignalSpy saved(&*service, &FlowService::flowSaved);
    QCOMPARE(service->saveFlow(fileOf(QStringLiteral("x"), QStringLiteral("a")))->version, 1);
    QCOMPARE(service->saveFlow(fileOf(QStringLiteral("x"), QStringLiteral("a b")))->version, 2);
    QCOMPARE(service->flow(QStringLiteral("x"))->file.flow.tasks.size(), 2);
    QCOMPARE(saved.size(), 2);
    QCOMPARE(saved[1], (QVariantList{QStringLiteral("x"), 2}));
}

void TestServiceLibrary::saveStandsOnAVersion()
{
    const ServiceFixture service;
    const FlowFile file = fileOf(QStringLiteral("x"), QStringLiteral("a"));
    QCOMPARE(service->saveFlow(file, 0)->version, 1);
    QCOMPARE(service->saveFlow(file, 1)->version, 2);
    const QSignalSpy saved(&*service, &FlowService::flowSaved);
    const Result<StoredFlow> late = service->saveFlow(fileOf(QStringLiteral("x"), QStringLiteral("b")), 1);
    QVERIFY(!late);
    QVERIFY(late.error().code == ErrorCode::Conflict);
    QCOMPARE(late.error().text(),
             QStringLiteral(
                 "Flow 'x' was saved by somebody else meanwhile: version 2 is stored now, the changes are based on "
                 "version 1"));
    QVERIFY(service->saveFlow(file, 0).error().code == ErrorCode::Conflict);
    QCOMPARE(saved.size(), 0);
    QCOMPARE(service->flow(QStringLiteral("x"))->file, file);
}

void TestServiceLibrary::oneOfTwoProgramsWins()
{
    const ServiceFixture service;
    const std::unique_ptr<FlowService> other = service.open();
    for (int round = 0; round < 20; ++round) {
        const auto save = [round](FlowService *program) {
            return program->async([program, round] {
                return program->saveFlow(fileOf(QStringLiteral("x"), QStringLiteral("a")), round).ok();
            });
        };
        const QFuture<bool> here = save(&*service);
        const QFuture<bool> there = save(other.get());
        QCOMPARE(int(here.result()) + int(there.result()), 1);
    }
    QCOMPARE(service->flow(QStringLiteral("x"))->version, 20);
}

void TestServiceLibrary::savesAtOnceAllCount()
{
    const ServiceFixture service;
    QList<QFuture<Result<StoredFlow>>> saves;
    for (int number = 0; number < 40; ++number)
        saves << service->async([&] { return service->saveFlow(fileOf(QStringLiteral("x"), QStringLiteral("a"))); });
    for (QFuture<Result<StoredFlow>> &save : saves)
        QVERIFY(save.result());
    QCOMPARE(service->flow(QStringLiteral("x"))->version, 40);
}

void TestServiceLibrary::updateMayRefuse()
{
    const ServiceFixture service;
    QVERIFY(service->createFlow(fileOf(QStringLiteral("x"), QStringLiteral("a"))));
    const Result<StoredFlow> updated = service->updateFlow(QStringLiteral("x"), [](StoredFlow &flow) -> Result<void> {
        flow.file.flow.name = QStringLiteral("changed");
        return Error{.code = ErrorCode::OutOfRange, .reason = QStringLiteral("no")};
    });
    QVERIFY(!updated);
    QCOMPARE(updated.error().reason, QStringLiteral("no"));
    QCOMPARE(service->flow(QStringLiteral("x"))->version, 1);
    QCOMPARE(service->flow(QStringLiteral("x"))->file.flow.name, QStringLiteral("Test"));
    QVERIFY(service->updateFlow(QStringLiteral("none"), [](StoredFlow &) { return Result<void>(); }).error().code ==
            ErrorCode::NotFound);
}

void TestServiceLibrary::updateChecksWhatItChanges()
{
    const ServiceFixture service;
    QVERIFY(service->createFlow(fileOf(QStringLiteral("x"), QStringLiteral("a"))));
    const auto setStart = [](const char *start) {
        return [start](StoredFlow &flow) -> Result<void> {
            flow.file.flow.startTask = QString::fromLatin1(start);
            return {};
        };
    };
    QVERIFY(service->updateFlow(QStringLiteral("x"), setStart("zzz")).error().code == ErrorCode::InvalidFlow);
    QCOMPARE(service->flow(QStringLiteral("x"))->file.flow.startTask, QStringLiteral("a"));
}

void TestServiceLibrary::everyStateIsKept()
{
    const ServiceFixture service;
    const FlowFile first = fileOf(QStringLiteral("x"), QStringLiteral("a"));
    const RevisionId revision = service->saveFlow(first)->revision;
    QVERIFY(service->saveFlow(fileOf(QStringLiteral("x"), QStringLiteral("a b c")))->revision != revision);
    QCOMPARE(service->revision(revision).value(), first);
}

void TestServiceLibrary::deletionTakesRunningExecutionsAlong()
{
    const ServiceFixture service;
    const QSignalSpy deleted(&*service, &FlowService::flowDeleted);
    QVERIFY(service->createFlow(waitingFile(QStringLiteral("x"))));
    QList<ExecutionId> ids;
    for (int number = 0; number < 6; ++number) // two of them wait for a thread
        ids << service->start(QStringLiteral("x"), {}).value();
    QTRY_COMPARE(service->executions({.flowId = QStringLiteral("x"), .status = ExecutionStatus::Running})->total, 4);
    QCOMPARE(service->executionCount(QStringLiteral("x")).value(), 6);
    QVERIFY(service->deleteFlow(QStringLiteral("x")));
    QCOMPARE(service->runningExecutions(), 0);
    for (const ExecutionId id : ids)
        QVERIFY(service->execution(id, false).error().code == ErrorCode::NotFound);
    QCOMPARE(deleted.size(), 1);
    QVERIFY(service->deleteFlow(QStringLiteral("x")).error().code == ErrorCode::NotFound);
}

void TestServiceLibrary::deletionsAtOnceDoNotWaitForEachOther()
{
    const ServiceFixture service;
    QList<QFuture<Result<void>>> deletions;
    for (int number = 0; number < 20; ++number) {
        const QString id = QStringLiteral("flow-%1").arg(number);
        QVERIFY(service->createFlow(waitingFile(id)));
        QVERIFY(service->start(id, {}));
    }
    for (int number = 0; number < 20; ++number)
        deletions << service->async(
            [&service, number] { return service->deleteFlow(QStringLiteral("flow-%1").arg(number)); });
    for (QFuture<Result<void>> &deletion : deletions) {
        QTRY_VERIFY_WITH_TIMEOUT(deletion.isFinished(), 20'000);
        QVERIFY(deletion.result());
    }
    QCOMPARE(service->flows({}).value().total, 0);
}

void TestServiceLibrary::asyncGivesTheResult()
{
    const ServiceFixture service;
    const QThread *here = QThread::currentThread();
    QVERIFY(service->async([here] { return QThread::currentThread() != here; }).result());
    bool called = false;
    service->async([&called] { called = true; }).waitForFinished();
    QVERIFY(called);
}

QTEST_GUILESS_MAIN(TestServiceLibrary)
#include "tst_service_library.moc"
