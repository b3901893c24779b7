namespace MailMarketing.Storage.Postgres;

/// <summary>The sending side's settings, one row.</summary>
internal sealed class PostgresSenderSettingsStore(PostgresDatabase database) : ISenderSettingsStore
{
    public Task<SenderSettings> GetAsync(CancellationToken cancellationToken) => database.ReadAsync(
        async work => Json.Read<SenderSettings>((await work.FirstAsync<string>("SELECT data FROM sender_settings"))!), cancellationToken);

    public Task<SenderSettings> UpdateAsync(Func<SenderSettings, SenderSettings> change, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async work =>
            {
                var data = await work.FirstAsync<string>("SELECT data FROM sender_settings FOR UPDATE");
                var changed = change(Json.Read<SenderSettings>(data!));
                await work.RunAsync("UPDATE sender_settings SET data = @data", new { data = Json.Write(changed) });
                return changed;
            },
            cancellationToken);
}
