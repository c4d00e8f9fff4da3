// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/owners.h"

#include "service/owner_folder.h"
#include "service/postgres_owners.h"
#include "storage/database.h"

#include <utility>

namespace flow {

namespace {

thread_local bool s_atOnce = false;

} // namespace

Owners::AtOnce::AtOnce()
    : m_before(std::exchange(s_atOnce, true))
{
}

Owners::AtOnce::~AtOnce()
{
    s_atOnce = m_before;
}

Owners::~Owners() = default;

bool Owners::mayWait()
{
    return !s_atOnce;
}

QStringList Owners::deadOf(const QStringList &owners) const
{
    QStringList dead = owners;
    dead.removeIf([this](const QString &owner) { return isAlive(owner); });
    return dead;
}

std::function<QStringList(const QStringList &owners)> Owners::whoIsDead() const
{
    return [this](const QStringList &owners) { return deadOf(owners); };
}

Result<std::unique_ptr<Owners>> Owners::join(Database &database)
{
    if (database.location().server) {
        Result<std::unique_ptr<PostgresOwners>> owners = PostgresOwners::join(database);
        return owners ? Result<std::unique_ptr<Owners>>(*std::move(owners)) : owners.error();
    }
    Result<std::unique_ptr<OwnerFolder>> owners = OwnerFolder::join(database.location().file);
    return owners ? Result<std::unique_ptr<Owners>>(*std::move(owners)) : owners.error();
}

} // namespace flow
