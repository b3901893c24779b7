namespace MailMarketing.Storage.Postgres;

/// <summary>
/// How rows of a queue are changed: found and locked in the order of their ids, so that no two transactions wait for each other.
/// </summary>
internal static class Moving
{
    /// <summary>An UPDATE of rows <c>q</c> that gives each as <see cref="Moved"/>.</summary>
    /// <param name="table">Their table.</param>
    /// <param name="group">The column that <see cref="Moved.GroupId"/> is read from.</param>
    /// <param name="where">Which rows.</param>
    /// <param name="set">Their new values; may name <c>q</c> and, as <c>p</c>, what <paramref name="also"/> gives.</param>
    /// <param name="join">What the rows are joined to.</param>
    /// <param name="also">Further values of the rows found, each after a comma.</param>
    public static string Rows(string table, string group, string where, string set, string join = "", string also = "") =>
        $"{Update(table, where, set, join, also)} RETURNING q.id, q.{group} AS GroupId, p.was, q.state";

    /// <summary>An UPDATE of any number of deliveries <c>q</c>, that gives how many moved from where to where.</summary>
    public static string Deliveries(string where, string set) =>
        $"""
        WITH moved AS ({Update("delivery", where, set, "", "")} RETURNING q.campaign_id, p.was, q.state)
        SELECT campaign_id AS GroupId, was, state, count(*) AS n FROM moved GROUP BY 1, 2, 3
        """;

    private static string Update(string table, string where, string set, string join, string also) =>
        $"""
        WITH picked AS (
            SELECT q.id AS picked_id, q.state AS was {also} FROM {table} q {join} WHERE {where} ORDER BY q.id FOR UPDATE OF q)
        UPDATE {table} q SET {set} FROM picked p WHERE q.id = p.picked_id
        """;
}
