using MailMarketing;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using ReferenceHost.People.Pages;

namespace ReferenceHost.People;

/// <summary>What administrators do with people.</summary>
internal static class PeopleEndpoints
{
    public static void Map(RouteGroupBuilder administrators)
    {
        administrators.MapGet("/people", (PeopleDb db, CancellationToken stop) => PageAsync(db, null, null, stop));
        administrators.MapPost("/people", InviteAsync);
        administrators.MapPost("/people/{id:long}/invite", InviteAgainAsync);
        administrators.MapPost("/people/{id:long}/role", async (long id, [FromForm] string? role, Accounts accounts, PeopleDb db, CancellationToken stop) =>
            Enum.TryParse<PersonRole>(role, out var chosen) && Enum.IsDefined(chosen)
                ? await ChangeAsync(id, person => person.Role = chosen, accounts, db, stop)
                : await PageAsync(db, Problem.Invalid("role", "Choose one of the roles."), null, stop));
        administrators.MapPost("/people/{id:long}/disable", (long id, Accounts accounts, PeopleDb db, CancellationToken stop) =>
            ChangeAsync(id, person => person.IsDisabled = true, accounts, db, stop));
        administrators.MapPost("/people/{id:long}/enable", (long id, Accounts accounts, PeopleDb db, CancellationToken stop) =>
            ChangeAsync(id, person => person.IsDisabled = false, accounts, db, stop));
        administrators.MapPost("/people/{id:long}/two-factor/off", (long id, Accounts accounts, PeopleDb db, CancellationToken stop) =>
            ChangeAsync(id, person => person.TwoFactorEnabled = false, accounts, db, stop));
    }

    private static async Task<IResult> InviteAsync(
        [FromForm] string? email, [FromForm] string? role, Accounts accounts, Links links, PeopleDb db, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<PersonRole>(role, out var chosen) || !Enum.IsDefined(chosen))
        {
            return await PageAsync(db, Problem.Invalid("role", "Choose one of the roles."), null, cancellationToken);
        }

        var added = await accounts.AddAsync(email ?? "", chosen, null);
        return added.Succeeded
            ? await ShowLinkAsync(added.Value, links, cancellationToken)
            : await PageAsync(db, added.Problem, null, cancellationToken);
    }

    private static async Task<IResult> InviteAgainAsync(
        long id, UserManager<Person> users, Links links, PeopleDb db, CancellationToken cancellationToken) =>
        await users.Users.FirstOrDefaultAsync(person => person.Id == id && person.PasswordHash == null && !person.IsDemo, cancellationToken) is { } person
            ? await ShowLinkAsync(person, links, cancellationToken)
            : await PageAsync(db, Problem.Conflict("Nobody waits for an invitation under this number."), null, cancellationToken);

    private static async Task<IResult> ShowLinkAsync(Person person, Links links, CancellationToken cancellationToken)
    {
        var link = await links.MakeAsync(person, Links.Invite);
        var mailed = await links.MailAsync(person, Links.Invite, link, cancellationToken);
        return AccountPages.Show<InvitedPage>(new { Email = person.Email, Link = link, Mailed = mailed });
    }

    private static async Task<IResult> ChangeAsync(
        long id, Action<Person> change, Accounts accounts, PeopleDb db, CancellationToken cancellationToken)
    {
        var changed = await accounts.ChangeAsync(id, change, cancellationToken);
        return changed.Succeeded ? Results.LocalRedirect("/people") : await PageAsync(db, changed.Problem, null, cancellationToken);
    }

    private static async Task<IResult> PageAsync(PeopleDb db, Problem? problem, string? done, CancellationToken cancellationToken) =>
        AccountPages.Show<PeoplePage>(
            new
            {
                People = await db.Users.AsNoTracking().OrderBy(person => person.Id).ToListAsync(cancellationToken),
                Mistake = problem is null ? null : PasswordEndpoints.Text(problem),
                Done = done,
            },
            AccountPages.StatusOf(problem));
}
