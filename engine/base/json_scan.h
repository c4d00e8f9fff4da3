// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

/// The one place that chooses how JSON text is scanned. Private to flow_base.
namespace flow::json {

using Scanner = rapidjson::Reader;
using ScanStream = rapidjson::MemoryStream;

/// Text behind a byte order mark, where an editor left one.
inline QByteArrayView withoutMark(QByteArrayView text)
{
    return text.startsWith("\xEF\xBB\xBF") ? text.sliced(3) : text;
}

/// Calls `handler` for everything in the text, without recursion. Numbers come as written, so that nothing is rounded.
template <typename Handler>
rapidjson::ParseResult scan(ScanStream &stream, Handler &handler)
{
    constexpr unsigned flags = rapidjson::kParseValidateEncodingFlag | rapidjson::kParseFullPrecisionFlag |
                               rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag;
    Scanner scanner;
    return scanner.Parse<flags>(stream, handler);
}

} // namespace flow::json
