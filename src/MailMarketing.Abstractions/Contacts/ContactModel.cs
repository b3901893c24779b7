using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MailMarketing;

/// <summary>What the attributes of contacts look like, so that templates can be checked against it.</summary>
public sealed class ContactModel
{
    // Deeper members are free; a type may name itself.
    private const int Depth = 8;

    private ContactModel(ModelField attributes) => Attributes = attributes;

    /// <summary>Attributes may have any members.</summary>
    public static ContactModel Free { get; } = new(new ModelField(ModelKind.Nested));

    /// <summary>The field <c>attributes</c>.</summary>
    public ModelField Attributes { get; }

    /// <summary>
    /// The attributes are the public properties of a type, by their <see cref="JsonPropertyNameAttribute"/> or else in snake_case;
    /// optional where they are nullable.
    /// </summary>
    public static ContactModel Of<T>()
        where T : class => new(new ModelField(ModelKind.Nested) { Members = MembersOf(typeof(T), 0) });

    private static Dictionary<string, ModelField>? MembersOf(Type type, int depth)
    {
        var nullability = new NullabilityInfoContext();
        return depth > Depth ? null : type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0
                && property.GetCustomAttribute<JsonIgnoreAttribute>() is null && property.Name != "EqualityContract")
            .ToDictionary(
                property => property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name
                    ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name),
                property => FieldOf(property.PropertyType, depth) with
                {
                    IsOptional = nullability.Create(property).ReadState == NullabilityState.Nullable,
                },
                StringComparer.Ordinal);
    }

    private static ModelField FieldOf(Type declared, int depth)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type == typeof(bool))
        {
            return new(ModelKind.Bool);
        }

        if (type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(DateOnly))
        {
            return new(ModelKind.Date);
        }

        if (type == typeof(string) || type == typeof(Guid) || type == typeof(Uri) || type == typeof(char) || type.IsEnum)
        {
            return new(ModelKind.Text);
        }

        if (type.IsPrimitive || type == typeof(decimal))
        {
            return new(ModelKind.Number);
        }

        if (type == typeof(object) || type == typeof(JsonElement) || typeof(IDictionary).IsAssignableFrom(type))
        {
            return new(ModelKind.Any);
        }

        var item = type.GetInterfaces().Append(type)
            .FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];
        return item switch
        {
            null => new(ModelKind.Nested) { Members = MembersOf(type, depth + 1) },
            { IsGenericType: true } when item.GetGenericTypeDefinition() == typeof(KeyValuePair<,>) => new(ModelKind.Any),
            _ => new(ModelKind.List) { Item = FieldOf(item, depth + 1) },
        };
    }
}
