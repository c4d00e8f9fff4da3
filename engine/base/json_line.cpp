// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json_builder.h"

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <vector>

namespace flow::json {

namespace {

/// Walks through a document that is known to be valid until it meets the value at a path.
class PathFinder
{
public:
    PathFinder(const rapidjson::MemoryStream &stream, const FieldPath &path) : m_stream(stream), m_path(path) {}

    bool found() const { return m_found; }
    size_t offset() const { return m_offset; }

    bool Null() { return scalar(); }
    bool Bool(bool) { return scalar(); }
    bool Int(int) { return scalar(); }
    bool Uint(unsigned) { return scalar(); }
    bool Int64(int64_t) { return scalar(); }
    bool Uint64(uint64_t) { return scalar(); }
    bool Double(double) { return scalar(); }
    bool RawNumber(const char *, rapidjson::SizeType, bool) { return scalar(); }
    bool String(const char *, rapidjson::SizeType, bool) { return scalar(); }
    bool StartObject() { return open(false); }
    bool StartArray() { return open(true); }
    bool EndObject(rapidjson::SizeType) { return close(); }
    bool EndArray(rapidjson::SizeType) { return close(); }
    bool Key(const char *text, rapidjson::SizeType length, bool)
    {
        m_levels.back().key = QString::fromUtf8(text, qsizetype(length));
        return true;
    }

private:
    struct Level
    {
        bool isList = false;
        bool onPath = false; ///< this list or object lies on the way to the wanted value
        qsizetype index = 0;
        QString key;
    };

    /// True when the value that begins here continues the way.
    bool stepsOnPath() const
    {
        if (m_levels.empty())
            return true;
        const Level &level = m_levels.back();
        const qsizetype depth = qsizetype(m_levels.size()) - 1;
        if (!level.onPath || depth >= m_path.steps().size())
            return false;
        const FieldPath::Step &step = m_path.steps().at(depth);
        return level.isList ? step.index == level.index : step.index < 0 && step.key == level.key;
    }

    /// False, which ends the reading, when the value that begins here is the wanted one.
    bool begin()
    {
        if (qsizetype(m_levels.size()) != m_path.steps().size() || !stepsOnPath())
            return true;
        m_found = true;
        m_offset = m_stream.Tell();
        return false;
    }

    bool scalar()
    {
        if (!begin())
            return false;
        if (!m_levels.empty())
            ++m_levels.back().index;
        return true;
    }

    bool open(bool isList)
    {
        const bool onPath = stepsOnPath();
        if (!begin())
            return false;
        m_levels.push_back({isList, onPath, 0, {}});
        return true;
    }

    bool close()
    {
        m_levels.pop_back();
        if (!m_levels.empty())
            ++m_levels.back().index;
        return true;
    }

    const rapidjson::MemoryStream &m_stream;
    const FieldPath &m_path;
    std::vector<Level> m_levels;
    bool m_found = false;
    size_t m_offset = 0;
};

} // namespace

int scanForLine(const QByteArray &text, const FieldPath &path)
{
    rapidjson::MemoryStream stream(text.constData(), size_t(text.size()));
    PathFinder finder(stream, path);
    rapidjson::Reader reader;
    reader.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag>(stream, finder);
    if (!finder.found())
        return 0;
    return 1 + int(std::count(text.begin(), text.begin() + qsizetype(finder.offset()), '\n'));
}

} // namespace flow::json
