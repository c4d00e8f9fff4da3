// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QPromise>

#include <exception>
#include <type_traits>

namespace flow {

/// The exception that is just being handled (null: it carries no text) as an Error; written to the log as well.
Error errorOfException(const std::exception *exception);

/// Gives the promise what `work` returns and finishes it, whatever happens: who waits for the future is never left
/// alone. An exception becomes an Error (Internal) where the value can hold one, and goes through the future where it
/// cannot. Any thread.
template <typename Value, typename Work>
void keepPromise(QPromise<Value> &promise, Work &&work)
{
    const auto failed = [&promise](const std::exception *exception) {
        const Error error = errorOfException(exception);
        if constexpr (std::is_constructible_v<Value, Error>)
            promise.addResult(Value(error));
        else
            promise.setException(std::current_exception());
    };
    try {
        if constexpr (std::is_void_v<Value>)
            work();
        else
            promise.addResult(work());
    } catch (const std::exception &exception) {
        failed(&exception);
    } catch (...) {
        failed(nullptr);
    }
    promise.finish();
}

} // namespace flow
