// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/json_scan.h"

#include <QJsonArray>

#include <vector>

namespace flow::json {

/// Builds a QJsonValue from what the scanner meets. Private to flow_base; lives for one text.
///
/// A key that comes twice is remembered and building goes on; anything worse stops the scan with a Failure.
class Builder
{
public:
    struct Failure
    {
        Error error;
        qsizetype offset = 0; ///< where in the text, so that the line can be found
    };

    Builder(const ScanStream &stream, int mostDepth)
        : m_stream(stream)
        , m_mostDepth(mostDepth)
    {
    }

    QJsonValue value() const { return m_root; }
    const std::vector<Failure> &duplicates() const { return m_duplicates; }
    const std::optional<Failure> &failure() const { return m_failure; }

    // What rapidjson calls. False stops the scan.
    bool Null() { return add(QJsonValue::Null); }
    bool Bool(bool value) { return add(value); }
    bool RawNumber(const char *text, rapidjson::SizeType length, bool copy);
    bool String(const char *text, rapidjson::SizeType length, bool copy);
    bool Key(const char *text, rapidjson::SizeType length, bool copy);
    bool StartObject() { return open(false); }
    bool StartArray() { return open(true); }
    bool EndObject(rapidjson::SizeType count);
    bool EndArray(rapidjson::SizeType count);
    // Never called, because numbers come as text.
    bool Int(int) { return false; }
    bool Uint(unsigned) { return false; }
    bool Int64(int64_t) { return false; }
    bool Uint64(uint64_t) { return false; }
    bool Double(double) { return false; }

private:
    struct Member
    {
        QString key;
        QJsonValue value;
        qsizetype offset = 0;
    };
    struct Level
    {
        bool isList = false;
        std::vector<Member> members; ///< of an object, in the order of the text; the last one may still lack its value
        QJsonArray items;            ///< of a list
    };

    bool open(bool isList);
    bool add(const QJsonValue &value);
    bool fail(ErrorCode code, const QString &reason, const QString &value, qsizetype offset);
    qsizetype justRead() const;
    FieldPath path() const;
    QJsonObject object(std::vector<Member> members);

    const ScanStream &m_stream;
    const int m_mostDepth;
    std::vector<Level> m_levels;
    QJsonValue m_root = QJsonValue::Undefined;
    std::vector<Failure> m_duplicates;
    std::optional<Failure> m_failure;
};

} // namespace flow::json
