using Npgsql;

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
    // read all contacts. The log is flushed with the import's progress, which is stored behind the rows it tells of. All of this holds
    // until the transaction ends
    private const string Settings =
        """
        set_config('enable_seqscan', 'off', true),
            set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
            set_config('synchronous_commit', 'off', true)
        """;

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
    /// <param name="guess">Says whether to look anybody up at all.</param>
    /// <param name="tries">How often somebody else's writing, or a wrong guess, came between.</param>
    public async Task<UpsertCounts> WriteAsync(Work work, NewcomerGuess guess, int tries)
    {
        if (_people.Count == 0)
        {
            return new UpsertCounts(0, 0, 0);
        }

        var now = await work.FirstAsync<DateTime>(
            $"SELECT {work.Now} FROM (SELECT pg_advisory_xact_lock({ContactMerge.Lock}), {Settings} OFFSET 0) AS begun");
        switch (tries)
        {
            case 0 when guess.AllNew:
                await AddAsync(work, _people.Values, now);
                return new UpsertCounts(_people.Count, 0, 0);
            case 1 when guess.AllNew:
                guess.WasWrong();
                break;
            case > 1:
                // Somebody writes the same people in between: this way tolerates it
                return await MergeAsync(work, 0, [.. _people.Values]);
        }

        var known = new HashSet<string>(StringComparer.Ordinal);
        var changed = new List<Person>();
        await work.EachAsync(
            "SELECT email_key, email, name, first_name, last_name, attributes::text, status FROM contact WHERE email_key = ANY($1)",
            Keys,
            row =>
            {
                var person = _people[row.GetString(0)];
                known.Add(person.Address.Key);
                if (!person.SaysNothingNew(row))
                {
                    changed.Add(person);
                }
            });
        guess.Learn(known.Count == 0);
        var added = _people.Count == known.Count ? [] : _people.Values.Where(person => !known.Contains(person.Address.Key)).ToList();
        await AddAsync(work, added, now);
        return await MergeAsync(work, added.Count, changed);
    }

    private static async Task AddAsync(Work work, IReadOnlyCollection<Person> people, DateTime now)
    {
        if (people.Count > 0)
        {
            work.Moves.AddContacts(people.Count);
            await work.CopyAsync($"contact ({Columns} status, created_at, updated_at)", width: 12, people, (copy, person) =>
            {
                person.Write(copy);
                copy.Smallint((short)(person.Data.Unsubscribed ? ConsentStatus.Unsubscribed : ConsentStatus.Subscribed));
                copy.Timestamp(now);
                copy.Timestamp(now);
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
        await work.CopyAsync($"staged ({Columns} id, unsubscribed)", width: 11, people, (copy, person) =>
        {
            person.Write(copy);
            copy.Bigint(++id);
            copy.Boolean(person.Data.Unsubscribed);
        });
        var (added, updated) = await ContactMerge.RunAsync(work);
        return new UpsertCounts(before + added, updated, _people.Count - before - added - updated);
    }

    private sealed record Person(ContactData Data, EmailAddress Address, string Attributes)
    {
        public void Write(CopyWriter copy)
        {
            copy.Text(Address.Value);
            copy.Text(Address.Key);
            copy.Text(Data.Name);
            copy.Text(Data.FirstName);
            copy.Text(Data.LastName);
            copy.Text(ContactRow.KeyOf(Data.Name));
            copy.Text(ContactRow.KeyOf(Data.FirstName));
            copy.Text(ContactRow.KeyOf(Data.LastName));
            copy.Jsonb(Attributes);
        }

        /// <summary>Whether a row surely says all that is said here; where that is not sure the database judges.</summary>
        public bool SaysNothingNew(NpgsqlDataReader row)
        {
            return row.GetString(1) == Address.Value && Has(2, Data.Name) && Has(3, Data.FirstName) && Has(4, Data.LastName)
            && (Attributes == "{}" || IsSame(row.GetString(5), Attributes))
            && (!Data.Unsubscribed || row.GetInt16(6) == (short)ConsentStatus.Unsubscribed);

            bool Has(int column, string? said) => said is null || (!row.IsDBNull(column) && row.GetString(column) == said);
        }

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
