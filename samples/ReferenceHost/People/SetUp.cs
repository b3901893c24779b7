namespace ReferenceHost.People;

/// <summary>The door for the first administrator: open while there is none, to who has the token that was printed at start.</summary>
internal sealed class SetUp(DemoDoor demo)
{
    /// <summary>New at each start, in memory alone.</summary>
    public string Token { get; } = Secrets.New();

    public bool IsOpenFor(HttpContext context, string? token) =>
        demo.IsOpenFor(context) || (token is not null && Secrets.AreSame(token, Token));
}
