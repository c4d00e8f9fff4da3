// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage_fixture.h"
#include "support/flow_test.h"

#include <functional>

using namespace flow;
using namespace flow::test;

namespace {

const FlowId a = QStringLiteral("a");

std::function<Result<void>(StoredFlow &)> rename(const QString &name)
{
    return [name](StoredFlow &flow) {
        flow.file.flow.name = name;
        return Result<void>();
    };
}

} // namespace

/// Every saved state is kept, by content, and comes back exactly as it was.
class TestFlowRevisions : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void revisions();
    void layoutBelongsToTheVersion();
    void keepRevision();
    void refusesWhatCannotBeReadBack_data();
    void refusesWhatCannotBeReadBack();
    void draftsAreKept();
    void listsDoNotReadDefinitions();
};

void TestFlowRevisions::revisions()
{
    TestDatabase database;
    FlowStore store(*database);
    VERIFY_OK(store.create(chain(a, 1)));
    VERIFY_OK(store.update(a, rename(QStringLiteral("Second"))));
    VERIFY_OK(store.update(a, rename(QStringLiteral("A flow")))); // as the first
    QCOMPARE(database.one(QStringLiteral("SELECT count(*) FROM flow_revisions")), QStringLiteral("2"));
    QCOMPARE(database.rows(QStringLiteral("SELECT revision FROM flow_versions ORDER BY version")),
             (QStringList{revisionOf(chain(a, 1).flow), revisionOf(chain(a, 1, QStringLiteral("Second")).flow),
                          revisionOf(chain(a, 1).flow)}));
    for (const QString &name : {QStringLiteral("A flow"), QStringLiteral("Second")}) {
        const Result<FlowFile> read = store.revision(revisionOf(chain(a, 1, name).flow));
        VERIFY_OK(read);
        QCOMPARE(*read, chain(a, 1, name));
    }
    const Result<FlowFile> unknown = store.revision(QStringLiteral("beef"));
    QVERIFY(!unknown.ok());
    QCOMPARE(unknown.error().code, ErrorCode::NotFound);
}

void TestFlowRevisions::layoutBelongsToTheVersion()
{
    TestDatabase database;
    FlowStore store(*database);
    FlowFile file = chain(a);
    file.layout.tasks.insert(QStringLiteral("step 1"), {1, 2});
    VERIFY_OK(store.create(file));
    QCOMPARE(store.get(a)->file, file);
    const RevisionId revision = revisionOf(file.flow);

    file.layout.tasks.insert(QStringLiteral("step 1"), {30, 40});
    const Result<StoredFlow> moved = store.update(a, [&](StoredFlow &flow) {
        flow.file = file;
        return Result<void>();
    });
    VERIFY_OK(moved);
    QCOMPARE(moved->revision, revision); // what runs is the same
    QCOMPARE(moved->version, 2);
    QCOMPARE(store.get(a)->file, file);
    QCOMPARE(*store.revision(revision), file);

    // Another revision in between, and back: the layout is the one of the last save.
    VERIFY_OK(store.update(a, rename(QStringLiteral("Other"))));
    VERIFY_OK(store.update(a, [&](StoredFlow &flow) {
        flow.file = chain(a);
        return Result<void>();
    }));
    QCOMPARE(store.get(a)->file, chain(a));
}

void TestFlowRevisions::keepRevision()
{
    TestDatabase database;
    FlowStore store(*database);
    const Result<StoredFlow> made = store.create(chain(a));
    FlowFile unsaved = chain(a, 5);
    unsaved.layout.tasks.insert(QStringLiteral("step 1"), {1, 2});
    const Result<RevisionId> kept = store.keepRevision(unsaved);
    VERIFY_OK(kept);
    QCOMPARE(*kept, revisionOf(unsaved.flow));
    QCOMPARE(*store.revision(*kept), unsaved);
    QVERIFY(*store.get(a) == *made); // the library's flow is as it was

    FlowFile moved = unsaved;
    moved.layout.tasks.insert(QStringLiteral("step 1"), {3, 4});
    VERIFY_OK(store.keepRevision(moved));
    QCOMPARE(*store.revision(*kept), unsaved);
}

void TestFlowRevisions::refusesWhatCannotBeReadBack_data()
{
    QTest::addColumn<FlowFile>("file");
    const auto row = [](const char *name, const std::function<void(Flow &)> &spoil) {
        FlowFile file = chain(a);
        spoil(file.flow);
        QTest::newRow(name) << file;
    };
    row("U+0000 in the id", [](Flow &flow) { flow.id = QString(QChar(u'\0')); });
    row("U+0000 in a task's name", [](Flow &flow) { flow.tasks[1].name = QStringLiteral("a") + QChar(u'\0'); });
    row("half a pair", [](Flow &flow) { flow.name = QString(QChar(0xd800)); });
    row("no name", [](Flow &flow) { flow.name.clear(); });
    row("name too long", [](Flow &flow) { flow.name = QString(256, u'x'); });
}

void TestFlowRevisions::refusesWhatCannotBeReadBack()
{
    QFETCH(FlowFile, file);
    TestDatabase database;
    FlowStore store(*database);
    const Result<StoredFlow> made = store.create(file);
    QVERIFY(!made.ok());
    QCOMPARE(made.error().code, ErrorCode::InvalidFlow);
    QVERIFY(!store.keepRevision(file).ok());
    QCOMPARE(store.list({})->total, 0);
    QCOMPARE(database.one(QStringLiteral("SELECT count(*) FROM flow_revisions")), QStringLiteral("0"));
}

/// What is still wrong with a drawing does not keep it from being saved.
void TestFlowRevisions::draftsAreKept()
{
    FlowFile draft = chain(a);
    draft.flow.startTask = QStringLiteral("nowhere");
    draft.flow.tasks[1].name = draft.flow.tasks[0].name;
    TestDatabase database;
    FlowStore store(*database);
    VERIFY_OK(store.create(draft));
    const Result<StoredFlow> read = store.get(a);
    VERIFY_OK(read);
    QCOMPARE(read->file, draft);
}

void TestFlowRevisions::listsDoNotReadDefinitions()
{
    TestDatabase database;
    FlowStore store(*database);
    const Result<StoredFlow> made = store.create(chain(a));
    VERIFY_OK(made);
    VERIFY_OK(database.execute(QStringLiteral("UPDATE flow_revisions SET definition = 'damaged', layout = 'damaged'")));
    QCOMPARE(store.get(a).error().code, ErrorCode::Corrupt);

    StoredFlow expected = *made;
    expected.file = {};
    expected.file.flow.id = a;
    expected.file.flow.name = made->file.flow.name;
    expected.file.flow.startTask = made->file.flow.startTask;
    const Result<Page<StoredFlow>> list = store.list({});
    VERIFY_OK(list);
    QVERIFY(list->items == QList{expected});
    const Result<StoredFlow> summary = store.summary(a);
    VERIFY_OK(summary);
    QVERIFY(*summary == expected);
    QCOMPARE(store.summary(QStringLiteral("x")).error().text(), QStringLiteral("Flow 'x' not found"));
    VERIFY_OK(store.save(chain(a, 3), 1)); // a new version mends it
    VERIFY_OK(store.get(a));
}

QTEST_GUILESS_MAIN(TestFlowRevisions)
#include "tst_flow_revisions.moc"
