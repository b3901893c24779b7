using System.Text;

namespace MailMarketing.Core.Tests.Client;

public sealed class ContactImportTests : IAsyncDisposable
{
    private readonly ClientHarness _harness = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("email,name,firstName,lastName,city\n")]
    [InlineData("EMAIL,Name,first_name,LAST_NAME,city\r\n")]
    [InlineData("\uFEFFemail , name,FirstName,lastname,city\n")]
    public async Task Columns_are_known_whatever_their_case_and_further_ones_become_attributes(string header)
    {
        var import = await ImportAsync(header + "ada@example.org,\"Ada \"\"A\"\" L\",Ada,Lovelace,\"Lon\ndon\"\n\nbob@example.org,Bob\n");

        Assert.Equal((ImportState.Completed, 2, 2, 0), (import.State, import.Rows, import.Added, import.Rejected));
        var ada = _harness.Stores.Contacts[0];
        Assert.Equal(("Ada \"A\" L", "Ada", "Lovelace"), (ada.Name, ada.FirstName, ada.LastName));
        Assert.Equal("Lon\ndon", ada.Attributes["city"].GetString());
        Assert.Empty(_harness.Stores.Contacts[1].Attributes);
        Assert.Equal(_harness.Time.GetUtcNow(), import.StartedAt);
        Assert.Equal(import, await _harness.Client.Contacts.GetImportAsync(import.Id, Stop));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("name,city\nAda,London\n")]
    [InlineData("<html><body>\n<p>hi</p>\n")]
    [InlineData("email,E_Mail\na@example.org,b@example.org\n")]
    [InlineData("email,city,city\n")]
    [InlineData("email,\"name\na@example.org,x\n")]
    [InlineData("email,a\0b\na@example.org,x\n")]
    public async Task A_file_without_a_fit_header_is_refused_and_leaves_no_import(string csv)
    {
        var result = await _harness.Client.Contacts.ImportAsync(Bytes(csv), null, Stop);

        Assert.Equal("csv", Assert.Single(result.Problem!.Errors).Key);
        Assert.Empty(_harness.Stores.SavedImports);
    }

    [Fact]
    public async Task A_header_with_too_many_columns_is_refused()
    {
        var result = await _harness.Client.Contacts.ImportAsync(Bytes("email" + string.Concat(Enumerable.Range(0, 5000).Select(i => $",c{i}"))), null, Stop);
        Assert.Contains("columns", result.Problem!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_alone_imports_nobody()
    {
        var import = await ImportAsync("email,name\n");
        Assert.Equal((ImportState.Completed, 0, 0), (import.State, import.Rows, import.Added));
    }

    [Fact]
    public async Task Wrong_rows_are_told_with_their_line_and_the_others_imported()
    {
        byte[] csv =
        [
            .. "email,name\nnobody,Ada\n"u8, .. "a@example.org,"u8, 0xC3, 0x28, .. "\n"u8, .. "b@example.org,\"two\nlines\"\n"u8,
            .. "c@example.org,C\"C\n"u8, .. "d@example.org,D,too many\n"u8, .. "e@example.org,a\0b\n"u8, .. "f@example.org,F\n"u8,
            .. "g@example.org,\"never closed\nh@example.org,H\n"u8,
        ];

        var import = (await _harness.Client.Contacts.ImportAsync(new MemoryStream(csv), null, Stop)).OrThrow();

        Assert.Equal((ImportState.Completed, 8, 1, 7), (import.State, import.Rows, import.Added, import.Rejected));
        Assert.Equal("f@example.org", Assert.Single(_harness.Stores.Contacts).Email);
        Assert.Equal(["Line 2:", "Line 3:", "Line 4:", "Line 6:", "Line 7:", "Line 8:", "Line 10:"], import.Errors.Select(error => error[..(error.IndexOf(':', StringComparison.Ordinal) + 1)]));
    }

    [Fact]
    public async Task A_field_of_more_than_64_KiB_is_one_wrong_row()
    {
        var import = await ImportAsync($"email,city\na@example.org,{new string('x', 65_537)}\nb@example.org,\"{new string('y', 1_000_000)}\"\nc@example.org,ok\n");

        Assert.Equal((3, 1, 2), (import.Rows, import.Added, import.Rejected));
    }

    [Fact]
    public async Task A_record_without_end_fails_the_import_and_keeps_what_came_before()
    {
        var import = await ImportAsync("email,name\na@example.org,A\nb@example.org,\"" + new string('x', 20_000_000));

        Assert.Equal((ImportState.Failed, 1, 1), (import.State, import.Added, import.Rejected));
    }

    [Fact]
    public async Task Rows_are_written_five_thousand_at_a_time_and_progress_is_saved()
    {
        var csv = new StringBuilder("email\n");
        for (var i = 0; i < 12_000; i++)
        {
            csv.Append("user").Append(i).Append("@example.org\n");
        }

        var import = await ImportAsync(csv.ToString());

        Assert.Equal([5000, 5000, 2000], _harness.Stores.Batches);
        Assert.Equal([0, 0, 5000, 10_000, 12_000], _harness.Stores.SavedImports.Select(saved => saved.Added));
        Assert.Equal(12_000, import.Rows);
    }

    [Fact]
    public async Task Rows_of_much_text_are_written_in_smaller_batches()
    {
        var cell = new string('x', 60_000);

        var import = await ImportAsync("email,note\n" + string.Concat(Enumerable.Range(0, 150).Select(i => $"user{i}@example.org,{cell}\n")));

        Assert.Equal(150, import.Added);
        Assert.All(_harness.Stores.Batches, rows => Assert.InRange(rows, 1, 20));
        Assert.Equal(cell, _harness.Stores.Contacts[149].Attributes["note"].GetString());
    }

    [Fact]
    public async Task Progress_is_told_each_thousand_rows_refused_ones_too()
    {
        var told = new Told();
        var csv = "email\n" + string.Concat(Enumerable.Range(0, 2500).Select(i => i < 1000 ? "nobody\n" : $"user{i}@example.org\n"));

        await _harness.Client.Contacts.ImportAsync(Bytes(csv), null, told, Stop);

        Assert.Equal([(1000, 1000, 0), (2000, 1000, 0)], told.Imports.Select(import => (import.Rows, import.Rejected, import.Added)));
    }

    [Fact]
    public async Task Only_the_first_hundred_mistakes_are_kept()
    {
        var import = await ImportAsync("email\n" + string.Concat(Enumerable.Repeat("nobody\n", 250)));
        Assert.Equal((250, 100), (import.Rejected, import.Errors.Count));
    }

    [Fact]
    public async Task An_import_that_cannot_be_stored_is_written_down_as_failed()
    {
        _harness.Stores.UpsertFails = new MailMarketingException("The disk is full.");
        await Assert.ThrowsAsync<MailMarketingException>(() => _harness.Client.Contacts.ImportAsync(Bytes("email\na@example.org\n"), null, Stop));
        Assert.Equal(ImportState.Failed, _harness.Stores.SavedImports[^1].State);
    }

    [Fact]
    public async Task An_import_into_a_segment_that_does_not_exist_is_refused() =>
        Assert.Equal(ProblemKind.NotFound, (await _harness.Client.Contacts.ImportAsync(Bytes("email\n"), 77, Stop)).Problem!.Kind);

    [Fact]
    public async Task Cells_become_attributes_whatever_they_hold()
    {
        var import = await ImportAsync("email,ä\"b,note\na@example.org,\"say \"\"hi\"\" \\ <b>\",Köln 🎉\nb@example.org,a\0b,\n".Replace("ä\"b", "\"ä\"\"b\"", StringComparison.Ordinal));

        var contact = Assert.Single(_harness.Stores.Contacts);
        Assert.Equal(["say \"hi\" \\ <b>", "Köln 🎉"], [contact.Attributes["ä\"b"].GetString(), contact.Attributes["note"].GetString()]);
        Assert.Equal("Line 3: Attribute ä\"b must not contain the NUL character.", Assert.Single(import.Errors));
    }

    [Fact]
    public async Task A_name_that_a_spreadsheet_would_run_is_stored_as_it_is()
    {
        await ImportAsync("email,name,phone\na@example.org,=1+1,+4912345\n");
        var contact = Assert.Single(_harness.Stores.Contacts);
        Assert.Equal(("=1+1", "+4912345"), (contact.Name, contact.Attributes["phone"].GetString()));
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private static MemoryStream Bytes(string csv) => new(Encoding.UTF8.GetBytes(csv));

    private async Task<ContactImport> ImportAsync(string csv) =>
        (await _harness.Client.Contacts.ImportAsync(Bytes(csv), null, Stop)).OrThrow();

    private sealed class Told : IProgress<ContactImport>
    {
        public List<ContactImport> Imports { get; } = [];

        public void Report(ContactImport value) => Imports.Add(value);
    }
}
