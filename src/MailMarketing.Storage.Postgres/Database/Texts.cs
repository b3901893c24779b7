using System.Data;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace MailMarketing.Storage.Postgres;

/// <summary>Texts as a parameter of the type bytea[], from where they were written: large ones need not become strings first.</summary>
/// <param name="texts">In UTF-8.</param>
internal sealed class Texts(ReadOnlyMemory<byte>[] texts) : SqlMapper.ICustomQueryParameter
{
    public void AddParameter(IDbCommand command, string name) => command.Parameters.Add(
        new NpgsqlParameter(name, NpgsqlDbType.Array | NpgsqlDbType.Bytea) { Value = texts });
}
