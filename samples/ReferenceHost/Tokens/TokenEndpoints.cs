using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using ReferenceHost.People;

namespace ReferenceHost.Tokens;

/// <summary>What administrators do with API tokens.</summary>
internal static class TokenEndpoints
{
    private const int LongestName = 100;
    private const int MostDays = 366;

    public static void Map(RouteGroupBuilder administrators)
    {
        administrators.MapGet("/tokens", (PeopleDb db, CancellationToken stop) => PageAsync(db, null, null, stop));
        administrators.MapPost("/tokens", AddAsync);
        administrators.MapPost("/tokens/{id:long}/revoke", async (long id, ApiTokens tokens, CancellationToken stop) =>
        {
            await tokens.RevokeAsync(id, stop);
            return Results.LocalRedirect("/tokens");
        });
    }

    private static async Task<IResult> AddAsync(
        HttpContext context, [FromForm] string? name, [FromForm] string? scope, [FromForm] string? days, ApiTokens tokens, PeopleDb db)
    {
        var stop = context.RequestAborted;
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(char.IsControl))
        {
            return await PageAsync(db, null, $"Name what the token is for, in at most {LongestName} characters.", stop);
        }

        if (!Enum.TryParse<PersonRole>(scope, out var chosen) || !Enum.IsDefined(chosen))
        {
            return await PageAsync(db, null, "Choose what the token may do.", stop);
        }

        if (!int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var life) || life is < 1 or > MostDays)
        {
            return await PageAsync(db, null, $"A token is good for 1 to {MostDays} days.", stop);
        }

        var person = long.Parse(context.User.FindFirst(ClaimTypes.NameIdentifier)!.Value, CultureInfo.InvariantCulture);
        return await PageAsync(db, await tokens.AddAsync(name.Trim(), chosen, TimeSpan.FromDays(life), person, stop), null, stop);
    }

    private static async Task<IResult> PageAsync(PeopleDb db, string? added, string? mistake, CancellationToken cancellationToken) =>
        AccountPages.Show<People.Pages.TokensPage>(
            new
            {
                Tokens = await db.Tokens.AsNoTracking().OrderBy(token => token.Id).ToListAsync(cancellationToken),
                Added = added,
                Mistake = mistake,
            },
            mistake is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
}
