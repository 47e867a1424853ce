using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.Core.Spawning.Choosing;

namespace JupyterHub.Core.Tests.Spawning;

/// <summary>The JSON Schema says the same as the check: a validator of others (python3-jsonschema) is asked about thousands of values.</summary>
public sealed class StartOptionSchemaTests
{
    private const int Cases = 4000;

    private const string Validator = """
        import json, sys
        from decimal import Decimal
        from jsonschema import Draft202012Validator
        def number(text):
            value = Decimal(text)
            return int(value) if value == value.to_integral_value() else value
        schema, instances = json.load(sys.stdin, parse_float=number)
        Draft202012Validator.check_schema(json.loads(json.dumps(schema, default=float)))
        validator = Draft202012Validator(schema)
        print(json.dumps([validator.is_valid(instance) for instance in instances]))
        """;

    private static readonly string[] Texts =
    [
        "", "a", "ab", "abc", "abcdef", "a_9", "A", "12", "123", "1234", "٣٣", "é", "🧪", "🧪🧪🧪🧪🧪", "🧪🧪🧪🧪🧪🧪", "base", "größer 🧪", "Base", "a\n", "\n", "a\tb", "\u0085", "a\u2028b", "\u007f", "true", "5",
        new('x', 1000), new('x', 1001), "\u00a0", "\ufeff", "a b", "a-b",
    ];

    private static readonly string[] Numbers = ["0", "1", "2", "3", "4", "5", "-3", "-2", "-2.5", "-2.6", "0.1", "0.3", "0.35", "0.7", "1.1", "63", "64", "65", "66", "5.0", "1e3", "1e15", "-1e15", "1e16", "1000000000000001", "2.50", "-0"];

    [Fact]
    public async Task A_value_fits_the_schema_if_and_only_if_it_is_accepted()
    {
        var options = StartOptionSet.Create(OptionSamples.All);
        var random = new Random(20_260_101);
        var instances = Enumerable.Range(0, Cases).Select(_ => Make(random)).ToList();
        var accepted = instances.Select(instance => IsAccepted(options, instance)).ToList();
        var valid = await ValidateAsync(StartOptionSchema.Of(options), instances);

        Assert.Equal(Cases, valid.Count);
        var differing = instances.Zip(accepted, valid).Where(item => item.Second != item.Third).Select(item => $"{item.First.ToJsonString()}: accepted {item.Second}, valid {item.Third}").ToList();
        Assert.True(differing.Count == 0, string.Join('\n', differing.Take(20)));

        // Neither side says the same to everything.
        Assert.InRange(accepted.Count(isAccepted => isAccepted), Cases / 20, Cases * 19 / 20);
    }

    [Fact]
    public async Task Without_declarations_the_schema_takes_any_object()
    {
        var valid = await ValidateAsync(StartOptionSchema.Of(null), [[], new JsonObject { ["anything"] = new JsonArray(1, "two", null) }]);
        Assert.Equal([true, true], valid);
    }

    [Fact]
    public void It_tells_titles_limits_and_defaults()
    {
        var schema = StartOptionSchema.Of(StartOptionSet.Create(
        [
            new() { Name = "memory", Label = "Memory", Description = "Of the server.", Kind = Core.Spawning.StartOptionKind.Integer, Minimum = 1, Maximum = 64, Step = 1, Default = 4, Unit = "GB" },
            new() { Name = "image", Required = true, Kind = Core.Spawning.StartOptionKind.Choice, Choices = [new() { Value = "a", Label = "A", Description = "First." }] },
        ]));
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Start options", "type": "object",
              "properties": {
                "memory": {"title": "Memory", "description": "Of the server.", "type": "integer", "minimum": 1, "maximum": 64, "multipleOf": 1, "default": 4, "x-unit": "GB"},
                "image": {"title": "image", "type": "string", "oneOf": [{"const": "a", "title": "A", "description": "First."}]}
              },
              "required": ["image"], "additionalProperties": false
            }
            """),
            schema),
            schema.ToJsonString());
    }

    private static bool IsAccepted(StartOptionSet options, JsonObject instance)
    {
        var check = options.Check(instance);
        return check.Problems.Count == 0 && options.Complete(check.Values).Problems.Count == 0;
    }

    private static JsonObject Make(Random random)
    {
        var instance = new JsonObject();
        if (random.Next(10) > 0)
        {
            instance["project"] = "p";
        }

        foreach (var option in OptionSamples.All.Where(_ => random.Next(7) == 0))
        {
            instance[option.Name] = Value(random);
        }

        if (random.Next(20) == 0)
        {
            instance["undeclared"] = Value(random);
        }

        return instance;
    }

    private static JsonNode? Value(Random random) => random.Next(20) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Next(2) == 0),
        2 => new JsonArray("base"),
        3 => new JsonObject { ["a"] = 1 },
        < 11 => JsonNode.Parse(random.Next(3) > 0 ? Numbers[random.Next(Numbers.Length)] : $"{random.Next(-100, 1000) / 10m}"),
        _ => random.Next(4) > 0 ? Texts[random.Next(Texts.Length)] : new string([.. Enumerable.Range(0, random.Next(8)).Select(_ => (char)random.Next(1, 0x300))]),
    };

    private static async Task<List<bool>> ValidateAsync(JsonObject schema, IReadOnlyList<JsonObject> instances)
    {
        var start = new ProcessStartInfo("/usr/bin/python3") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, ArgumentList = { "-c", Validator } };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(new JsonArray(schema.DeepClone(), new JsonArray([.. instances.Select(instance => instance.DeepClone())])).ToJsonString());
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return JsonSerializer.Deserialize<List<bool>>(await output)!;
    }
}
