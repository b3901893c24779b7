using System.Text.Json;

namespace MailMarketing.Dashboard.Pages.Contacts;

/// <summary>An attribute as a person edits it: a name, a type and the value as text. What is not touched comes back as it was.</summary>
public sealed class AttributeLine
{
    private const string True = "true";
    private const string False = "false";
    private const string NoNumber = "This is not a number, as in 12, -3.5 or 1e6; for digits such as 0049 choose Text.";

    private readonly string _id = Guid.NewGuid().ToString("N");

    /// <summary>What the attribute is called.</summary>
    public string? Name { get; set; }

    /// <summary>What its value is; <see cref="Become"/> changes it.</summary>
    public AttributeType Type { get; private set; }

    /// <summary>The value: the text itself, or as JSON has it.</summary>
    public string? Text { get; set; }

    /// <summary>What the form calls the field of the name.</summary>
    public string NameField => $"attributes.{_id}.name";

    /// <summary>What the form calls the field of the value.</summary>
    public string ValueField => $"attributes.{_id}.value";

    /// <summary>The line of an attribute that there is.</summary>
    public static AttributeLine Of(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => new() { Name = name, Type = AttributeType.Text, Text = value.GetString() },
        JsonValueKind.Number => new() { Name = name, Type = AttributeType.Number, Text = value.GetRawText() },
        JsonValueKind.True or JsonValueKind.False => new() { Name = name, Type = AttributeType.TrueFalse, Text = value.GetRawText() },
        _ => new() { Name = name, Type = AttributeType.Json, Text = value.GetRawText() },
    };

    /// <summary>The attributes that the lines say, or what is wrong, by the fields of the lines. Blank lines say nothing.</summary>
    public static Result<Dictionary<string, JsonElement>> ReadAll(IEnumerable<AttributeLine> lines)
    {
        var (attributes, errors) = (new Dictionary<string, JsonElement>(StringComparer.Ordinal), new Dictionary<string, string[]>());
        foreach (var line in lines.Where(line => !string.IsNullOrWhiteSpace(line.Name) || !string.IsNullOrWhiteSpace(line.Text)))
        {
            var name = line.Name?.Trim() ?? "";
            if (name.Length == 0)
            {
                errors[line.NameField] = ["The attribute needs a name."];
            }
            else if (!attributes.TryAdd(name, line.Read(out var mistake)))
            {
                errors[line.NameField] = [$"Attribute {name} is there twice; keep one of them."];
            }
            else if (mistake is not null)
            {
                errors[line.ValueField] = [mistake];
            }
        }

        return errors.Count > 0 ? Problem.Invalid(errors) : attributes;
    }

    /// <summary>Makes it another type; the text stays where it can.</summary>
    public void Become(AttributeType type)
    {
        Type = type;
        if (type == AttributeType.TrueFalse && Text is not (True or False))
        {
            Text = False;
        }
    }

    private JsonElement Read(out string? mistake)
    {
        mistake = null;
        if (Type == AttributeType.Text)
        {
            return JsonSerializer.SerializeToElement(Text ?? "");
        }

        try
        {
            using var document = JsonDocument.Parse(Text ?? "");
            var value = document.RootElement.Clone();
            mistake = Type == AttributeType.Number && value.ValueKind != JsonValueKind.Number ? NoNumber : null;
            return value;
        }
        catch (JsonException)
        {
            mistake = Type == AttributeType.Number ? NoNumber : "This is not JSON, as in [1, 2], {\"plan\": \"pro\"} or null.";
            return default;
        }
    }
}
