// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json_lines.h"

#include "base/json.h"
#include "base/json_scan.h"

#include <QHash>

#include <algorithm>
#include <vector>

namespace flow::json {

namespace {

/// The wanted paths as a tree, so that a scan can follow all of them at once.
class WantedPaths
{
public:
    WantedPaths()
        : m_nodes(1)
    {
    }

    void add(const FieldPath &path)
    {
        int node = 0;
        for (const FieldPath::Step &step : path.steps()) {
            int &next =
                step.index >= 0 ? m_nodes[size_t(node)].items[step.index] : m_nodes[size_t(node)].members[step.key];
            if (next == 0) {
                next = int(m_nodes.size());
                node = next;
                m_nodes.emplace_back(); // `next` is dead from here on
            } else {
                node = next;
            }
        }
    }

    int item(int node, qsizetype index) const { return node < 0 ? -1 : m_nodes[size_t(node)].items.value(index, -1); }
    int member(int node, const QString &key) const
    {
        return node < 0 ? -1 : m_nodes[size_t(node)].members.value(key, -1);
    }
    bool hasMembers(int node) const { return node >= 0 && !m_nodes[size_t(node)].members.isEmpty(); }
    int &line(int node) { return m_nodes[size_t(node)].line; }

    /// Line of the value, or of what is around it when `exact` is false.
    int lineOf(const FieldPath &path, bool exact) const
    {
        int node = 0;
        int line = m_nodes.front().line;
        for (const FieldPath::Step &step : path.steps()) {
            node = step.index >= 0 ? item(node, step.index) : member(node, step.key);
            const int found = node < 0 ? 0 : m_nodes[size_t(node)].line;
            if (found == 0)
                return exact ? 0 : line;
            line = found;
        }
        return line;
    }

private:
    struct Node
    {
        QHash<QString, int> members;
        QHash<qsizetype, int> items;
        int line = 0;
    };
    std::vector<Node> m_nodes;
};

/// Notes the lines of wanted values while the scanner passes them.
class LineFinder
{
public:
    LineFinder(QByteArrayView text, const ScanStream &stream, WantedPaths *wanted)
        : m_text(text)
        , m_stream(stream)
        , m_wanted(wanted)
    {
    }

    bool Null() { return meet(); }
    bool Bool(bool) { return meet(); }
    bool RawNumber(const char *, rapidjson::SizeType, bool) { return meet(); }
    bool String(const char *, rapidjson::SizeType, bool) { return meet(); }
    bool Key(const char *text, rapidjson::SizeType length, bool)
    {
        Level &level = m_levels.back();
        level.next = m_wanted->hasMembers(level.node)
                         ? m_wanted->member(level.node, QString::fromUtf8(text, qsizetype(length)))
                         : -1;
        return true;
    }
    bool StartObject() { return open(false); }
    bool StartArray() { return open(true); }
    bool EndObject(rapidjson::SizeType) { return close(); }
    bool EndArray(rapidjson::SizeType) { return close(); }
    bool Int(int) { return false; }
    bool Uint(unsigned) { return false; }
    bool Int64(int64_t) { return false; }
    bool Uint64(uint64_t) { return false; }
    bool Double(double) { return false; }

private:
    struct Level
    {
        bool isList = false;
        int node = -1;       ///< of this list or object; -1: nothing in it is wanted
        int next = -1;       ///< of the member whose key was just read
        qsizetype index = 0; ///< of the next item
    };

    int nextNode()
    {
        if (m_levels.empty())
            return 0;
        Level &level = m_levels.back();
        return level.isList ? m_wanted->item(level.node, level.index++) : level.next;
    }

    int note(qsizetype offset)
    {
        const int node = nextNode();
        if (node >= 0 && m_wanted->line(node) == 0)
            m_wanted->line(node) = lineAtOffset(offset);
        return node;
    }

    bool meet()
    {
        note(qsizetype(m_stream.Tell()) - 1); // a scalar has just been read and its last byte is never a line break
        return true;
    }

    bool open(bool isList)
    {
        const int node = note(qsizetype(m_stream.Tell())); // the bracket is next
        m_levels.push_back({isList, node});
        return true;
    }

    bool close()
    {
        m_levels.pop_back();
        return true;
    }

    int lineAtOffset(qsizetype offset)
    {
        const qsizetype here = std::clamp<qsizetype>(offset, m_seen, m_text.size());
        m_line += int(std::count(m_text.begin() + m_seen, m_text.begin() + here, '\n'));
        m_seen = here;
        return m_line;
    }

    QByteArrayView m_text;
    const ScanStream &m_stream;
    WantedPaths *m_wanted;
    std::vector<Level> m_levels;
    qsizetype m_seen = 0;
    int m_line = 1;
};

QList<int> findLines(const QByteArray &bytes, const QList<FieldPath> &paths, bool exact)
{
    WantedPaths wanted;
    for (const FieldPath &path : paths)
        wanted.add(path);
    const QByteArrayView text = withoutMark(bytes);
    ScanStream stream(text.data(), size_t(text.size()));
    LineFinder finder(text, stream, &wanted);
    scan(stream, finder); // broken text: what comes before the break still has lines
    QList<int> lines;
    for (const FieldPath &path : paths)
        lines << wanted.lineOf(path, exact);
    return lines;
}

} // namespace

QList<int> linesAround(const QByteArray &text, const QList<FieldPath> &paths)
{
    return findLines(text, paths, false);
}

int lineOf(const QByteArray &text, const FieldPath &path)
{
    return findLines(text, {path}, true).front();
}

int lineAt(QByteArrayView text, qsizetype offset)
{
    return 1 + int(std::count(text.begin(), text.begin() + std::clamp<qsizetype>(offset, 0, text.size()), '\n'));
}

} // namespace flow::json
