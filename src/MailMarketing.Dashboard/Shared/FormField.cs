using Microsoft.AspNetCore.Components;

namespace MailMarketing.Dashboard.Shared;

/// <summary>Something in a <see cref="ProblemForm"/> that shows the messages of one field.</summary>
public abstract class FormField : ComponentBase, IDisposable
{
    private string? _shown;

    /// <summary>The field's name in <see cref="Problem.Errors"/>, as in <c>from.email</c>.</summary>
    [Parameter, EditorRequired]
    public string Field { get; set; } = "";

    /// <summary>The form around it.</summary>
    [CascadingParameter]
    public required ProblemForm Form { get; set; }

    /// <summary>What is wrong with the field; null where nothing is.</summary>
    protected string? Error => Form.ErrorOf(Field);

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (_shown != Field)
        {
            Dispose();
            Form.Show(_shown = Field);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_shown is not null)
        {
            Form.Hide(_shown);
        }

        GC.SuppressFinalize(this);
    }
}
