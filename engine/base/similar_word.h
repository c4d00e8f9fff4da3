// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace flow {

/// The one of `candidates` that `word` was probably meant to be (at most a third of its letters differ), or an empty
/// text.
QString similarWord(const QString &word, const QStringList &candidates);
/// The same with at most so many letters that differ.
QString similarWord(const QString &word, const QStringList &candidates, qsizetype mostLetters);

} // namespace flow
