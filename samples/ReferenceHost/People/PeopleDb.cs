using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using ReferenceHost.Tokens;

namespace ReferenceHost.People;

/// <summary>People, their sessions and API tokens, beside web's own tables; <see cref="PeopleMigrator"/> makes the tables.</summary>
internal sealed class PeopleDb(DbContextOptions<PeopleDb> options) : IdentityUserContext<Person, long>(options)
{
    public const string PostgresSchema = "mailmarketing_people";

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<ApiToken> Tokens => Set<ApiToken>();

    /// <summary>What stands before a table's name in SQL.</summary>
    public string Prefix => Database.IsNpgsql() ? $"{PostgresSchema}." : "";

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        if (Database.IsNpgsql())
        {
            builder.HasDefaultSchema(PostgresSchema);
        }

        builder.Entity<Person>(person =>
        {
            person.ToTable("people");
            person.Property(one => one.Role).HasConversion<string>();
            person.Ignore(one => one.PhoneNumber).Ignore(one => one.PhoneNumberConfirmed)
                .Ignore(one => one.LockoutEnd).Ignore(one => one.LockoutEnabled).Ignore(one => one.AccessFailedCount);
        });
        builder.Entity<IdentityUserClaim<long>>().ToTable("people_claims");
        builder.Entity<IdentityUserLogin<long>>().ToTable("people_logins");
        builder.Entity<IdentityUserToken<long>>().ToTable("people_tokens");
        builder.Entity<Session>().ToTable("people_sessions");
        builder.Entity<ApiToken>(token =>
        {
            token.ToTable("api_tokens");
            token.Property(one => one.Scope).HasConversion<string>();
        });
    }
}
