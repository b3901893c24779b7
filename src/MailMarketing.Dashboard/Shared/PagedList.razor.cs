using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace MailMarketing.Dashboard.Shared;

/// <summary>A searchable list, page by page. PagedList.razor shows how a page uses it.</summary>
public sealed partial class PagedList<T> : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private ListPlace _place = new();
    private CancellationTokenSource? _reading;
    private Page<T>? _page;
    private Problem? _problem;
    private object? _filter;
    private string? _search;
    private bool _loading = true;

    /// <summary>Gives a page; called with limit, cursor, search and order set.</summary>
    [Parameter, EditorRequired]
    public Func<PageRequest, CancellationToken, Task<Result<Page<T>>>> Load { get; set; } = null!;

    /// <summary>What the list is called, for screen readers.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>The header cells.</summary>
    [Parameter, EditorRequired]
    public RenderFragment Head { get; set; } = null!;

    /// <summary>The cells of one item; each with <c>data-label</c>, which narrow screens show beside the value.</summary>
    [Parameter, EditorRequired]
    public RenderFragment<T> Row { get; set; } = null!;

    /// <summary>What is shown where there is nothing at all: an <see cref="EmptyState"/>.</summary>
    [Parameter, EditorRequired]
    public RenderFragment Empty { get; set; } = null!;

    /// <summary>Further controls beside the search.</summary>
    [Parameter]
    public RenderFragment? Filters { get; set; }

    /// <summary>Says what the search looks in; null for no search.</summary>
    [Parameter]
    public string? SearchLabel { get; set; }

    /// <summary>Tells lists of one page apart in its address; null for the only one.</summary>
    [Parameter]
    public string? Name { get; set; }

    /// <summary>What the page filters by; a new value reads the list again.</summary>
    [Parameter]
    public object? Filter { get; set; }

    /// <summary>Whether the visitor may turn the order around; default true.</summary>
    [Parameter]
    public bool Sortable { get; set; } = true;

    /// <summary>Items a page, 1 to 1000; default 25.</summary>
    [Parameter]
    public int Limit { get; set; } = 25;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private bool NewestFirst => Sortable && _place.OldestFirst != true;

    /// <summary>Reads the page again, as after a change to one of its items.</summary>
    public Task ReloadAsync() => ReadAsync(_place);

    /// <summary>Sets a filter of the page's own in the address, null to take it away, and goes to the first page.</summary>
    public Task FilterAsync(string name, string? value)
    {
        var uri = _place.First().ToUri(Navigation, Name);
        var parameters = new Dictionary<string, object?> { [name] = value };
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(uri, parameters));
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Navigation.LocationChanged += Moved;
        _filter = Filter;
        _place = ListPlace.Read(Navigation, Name);
        _search = _place.Search;
        await ReadAsync(_place);
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (!Equals(_filter, Filter))
        {
            _filter = Filter;
            await ReadAsync(ListPlace.Read(Navigation, Name));
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Navigation.LocationChanged -= Moved;
        _gone.Cancel();
        _gone.Dispose();
        _reading?.Dispose();
    }

    private Task SearchAsync(string? search)
    {
        _search = search;
        search = string.IsNullOrWhiteSpace(search) ? null : search.Trim();
        if (search != _place.Search)
        {
            // The letters of one word are no pages to go back to.
            Go(_place.First() with { Search = search }, replace: true);
        }

        return Task.CompletedTask;
    }

    private void TurnAround() => Go(_place.First() with { OldestFirst = NewestFirst });

    private void Next() => Go(_place.Next(_page!.NextCursor!));

    private void Go(ListPlace place, bool replace = false) => Navigation.NavigateTo(place.ToUri(Navigation, Name), replace: replace);

    private void Moved(object? sender, LocationChangedEventArgs moved) => _ = InvokeAsync(async () =>
    {
        try
        {
            await MoveAsync();
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    });

    private async Task MoveAsync()
    {
        var place = ListPlace.Read(Navigation, Name);
        var same = place.Search == _place.Search && place.OldestFirst == _place.OldestFirst && place.Trail.SequenceEqual(_place.Trail);
        if (same || _gone.IsCancellationRequested)
        {
            return;
        }

        _search = place.Search == _place.Search ? _search : place.Search;
        await ReadAsync(place);
    }

    // The rows of before stay, pale, until the new ones are there; an answer that is no longer wanted is dropped.
    private async Task ReadAsync(ListPlace place)
    {
        _place = place;
        _loading = true;
        StateHasChanged();
        _reading?.Cancel();
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
        _reading = reading;
        var cursor = place.Trail is [.., var last] ? last : null;
        var request = new PageRequest { Limit = Limit, Search = place.Search, Cursor = cursor, NewestFirst = NewestFirst };
        try
        {
            var result = await Load(request, reading.Token);
            if (_reading == reading)
            {
                (_page, _problem) = (result.Value ?? _page, result.Problem);
            }
        }
        catch (OperationCanceledException) when (reading.IsCancellationRequested)
        {
        }
        finally
        {
            if (_reading == reading)
            {
                (_reading, _loading) = (null, false);
            }
        }

        StateHasChanged();
    }
}
