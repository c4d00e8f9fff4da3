// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/field_path.h"
#include "expression/template_text.h"

#include <QJsonObject>

namespace flow {

/// A task's config with `${...}` in its texts, at any depth; names of fields are never expanded. Compile once, expand
/// often; a plain value, any thread.
class Template
{
public:
    /// Errors name the field under `at` and the column in its text. Without a scope names are left unchecked.
    static Result<Template> compile(const QJsonObject &config, const FieldPath &at = {});
    static Result<Template> compile(const QJsonObject &config, const Scope &scope, const FieldPath &at = {});
    /// Every mistake instead of the first.
    static QList<Error> check(const QJsonObject &config, const Scope &scope, const FieldPath &at = {});

    /// The config with every expression replaced by its value. BadExpression names the field and the column; there is
    /// a limit to what all of them may cost together.
    Result<QJsonObject> expand(const Expression::Variables &variables) const;

    /// Nothing in it needs expanding.
    bool isPlain() const { return m_parts.empty(); }
    /// Names of the variables that the config depends on.
    QStringList variables() const;

    /// A text of the config that reads a variable.
    struct Reading
    {
        QList<FieldPath::Step> steps; ///< from the config's root
        FieldPath path;               ///< as errors name it
        FieldsRead fields;
    };
    /// The texts that read a variable which is a map.
    QList<Reading> readings(const QString &variable) const;

private:
    /// A text of the config with expressions in it.
    struct Part
    {
        QList<FieldPath::Step> steps; ///< from the config's root
        FieldPath path;               ///< as errors name it
        QString source;
        TemplateText text;
    };

    void collect(const QJsonValue &value, const QList<FieldPath::Step> &steps, const FieldPath &path,
                 const Scope *scope, QList<Error> *errors);
    static Result<Template> finish(const QJsonObject &config, const Scope *scope, const FieldPath &at);

    QJsonObject m_config;
    std::vector<Part> m_parts;
};

} // namespace flow
