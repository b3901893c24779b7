using Npgsql;
using NpgsqlTypes;

namespace MailMarketing.Storage.Postgres;

/// <summary>
/// Some thousands of people at once, each address once, in the caller's transaction: new ones are copied into the table of contacts at
/// once, known ones are compared here, and only those that say something new go through <see cref="ContactMerge"/>.
/// </summary>
internal sealed class ContactBatch
{
    private const string Columns =
        "email, email_key, name, first_name, last_name, name_key, first_name_key, last_name_key, attributes, ";

    // Of a few thousand among millions each is looked up by its address: the planner, who does not know what is staged, would rather
    // read all contacts. This holds until the transaction ends
    private const string LookUp =
        "SELECT set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), "
        + "set_config('enable_mergejoin', 'off', true)";

    private readonly Dictionary<string, Person> _people;

    private ContactBatch(Dictionary<string, Person> people) => _people = people;

    public string[] Keys => [.. _people.Keys];

    /// <summary>Of equal addresses the last stays.</summary>
    public static ContactBatch Of(IReadOnlyList<ContactData> contacts)
    {
        var people = new Dictionary<string, Person>(contacts.Count, StringComparer.Ordinal);
        foreach (var contact in contacts)
        {
            var address = EmailAddress.Parse(contact.Email);
            people[address.Key] = new Person(contact, address, JsonAttributes.TextOf(contact.Attributes));
        }

        return new ContactBatch(people);
    }

    /// <param name="work">A transaction.</param>
    /// <param name="isContested">Somebody else wrote some of them just now: then all go the way that tolerates it.</param>
    public async Task<UpsertCounts> WriteAsync(Work work, bool isContested)
    {
        if (_people.Count == 0)
        {
            return new UpsertCounts(0, 0, 0);
        }

        await work.RunLongAsync($"SELECT pg_advisory_xact_lock({ContactMerge.Lock})");
        await work.RunAsync(LookUp);
        if (isContested)
        {
            return await MergeAsync(work, 0, [.. _people.Values]);
        }

        var known = (await work.ListLongAsync<Known>(
                """
                SELECT email_key AS Key, email, name, first_name AS FirstName, last_name AS LastName, attributes::text, status
                FROM contact WHERE email_key = ANY(@Keys)
                """,
                new { Keys }))
            .ToDictionary(contact => contact.Key, StringComparer.Ordinal);
        var (added, changed) = (new List<Person>(_people.Count - known.Count), new List<Person>());
        foreach (var (key, person) in _people)
        {
            if (!known.TryGetValue(key, out var contact))
            {
                added.Add(person);
            }
            else if (!contact.Has(person))
            {
                changed.Add(person);
            }
        }

        await AddAsync(work, added);
        return await MergeAsync(work, added.Count, changed);
    }

    private static async Task AddAsync(Work work, List<Person> people)
    {
        if (people.Count > 0)
        {
            var now = await work.FirstAsync<DateTime>($"SELECT {work.Now}");
            await work.CopyAsync($"contact ({Columns} status, created_at, updated_at)", people, async (copy, person, stop) =>
            {
                await person.WriteAsync(copy, stop);
                await copy.WriteAsync((short)(person.Data.Unsubscribed ? 1 : 0), NpgsqlDbType.Smallint, stop);
                await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, stop);
                await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, stop);
            });
        }
    }

    private async Task<UpsertCounts> MergeAsync(Work work, int before, List<Person> people)
    {
        if (people.Count == 0)
        {
            return new UpsertCounts(before, 0, _people.Count - before);
        }

        await work.RunAsync(
            """
            CREATE TEMP TABLE staged (
                id             bigint  NOT NULL,
                email          text    COLLATE "C" NOT NULL,
                email_key      text    COLLATE "C" NOT NULL,
                name           text,
                first_name     text,
                last_name      text,
                name_key       text    COLLATE "C",
                first_name_key text    COLLATE "C",
                last_name_key  text    COLLATE "C",
                attributes     jsonb   NOT NULL,
                unsubscribed   boolean NOT NULL
            ) ON COMMIT DROP
            """);
        var id = 0L;
        await work.CopyAsync($"staged ({Columns} id, unsubscribed)", people, async (copy, person, stop) =>
        {
            await person.WriteAsync(copy, stop);
            await copy.WriteAsync(++id, NpgsqlDbType.Bigint, stop);
            await copy.WriteAsync(person.Data.Unsubscribed, NpgsqlDbType.Boolean, stop);
        });
        var (added, updated) = await ContactMerge.RunAsync(work);
        return new UpsertCounts(before + added, updated, _people.Count - before - added - updated);
    }

    private sealed record Person(ContactData Data, EmailAddress Address, string Attributes)
    {
        public async Task WriteAsync(NpgsqlBinaryImporter copy, CancellationToken cancellationToken)
        {
            await copy.WriteAsync(Address.Value, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(Address.Key, NpgsqlDbType.Text, cancellationToken);
            await Text(Data.Name);
            await Text(Data.FirstName);
            await Text(Data.LastName);
            await Text(ContactRow.KeyOf(Data.Name));
            await Text(ContactRow.KeyOf(Data.FirstName));
            await Text(ContactRow.KeyOf(Data.LastName));
            await copy.WriteAsync(Attributes, NpgsqlDbType.Jsonb, cancellationToken);

            Task Text(string? text) => text is null
                ? copy.WriteNullAsync(cancellationToken)
                : copy.WriteAsync(text, NpgsqlDbType.Text, cancellationToken);
        }
    }

    private sealed class Known
    {
        public string Key { get; init; } = "";

        public string Email { get; init; } = "";

        public string? Name { get; init; }

        public string? FirstName { get; init; }

        public string? LastName { get; init; }

        public string Attributes { get; init; } = "";

        public ConsentStatus Status { get; init; }

        /// <summary>Whether it surely says all that is said of a person; where it is not sure the database judges.</summary>
        public bool Has(Person person) =>
            Email == person.Address.Value
            && (person.Data.Name is null || Name == person.Data.Name)
            && (person.Data.FirstName is null || FirstName == person.Data.FirstName)
            && (person.Data.LastName is null || LastName == person.Data.LastName)
            && (!person.Data.Unsubscribed || Status == ConsentStatus.Unsubscribed)
            && (person.Attributes == "{}" || IsSame(Attributes, person.Attributes));

        // PostgreSQL writes jsonb with blanks between members, and its names in an order of its own
        private static bool IsSame(string stored, string said)
        {
            var (place, isText, isEscaped) = (0, false, false);
            foreach (var character in stored)
            {
                if (character == ' ' && !isText)
                {
                    continue;
                }

                if (place == said.Length || said[place++] != character)
                {
                    return false;
                }

                isText ^= character == '"' && !isEscaped;
                isEscaped = character == '\\' && !isEscaped;
            }

            return place == said.Length;
        }
    }
}
