using System.CommandLine;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;

namespace Kinopress.Server.Cli;

/// <summary>Options every command has, and how they become <see cref="KinopressOptions"/>: flags over environment over file over defaults.</summary>
internal static class BootOptions
{
    private const string FileName = "kinopress.json";

    public static Option<string?> Data { get; } = new("--data") { Description = "The data folder (default ./kinopress-data)." };

    public static Option<string?> Urls { get; } = new("--urls") { Description = "Addresses to listen on, separated by semicolons (default http://*:8080)." };

    public static Option<string?> RtmpUrls { get; } = new("--rtmp-urls") { Description = "Addresses on which encoders are taken in, separated by semicolons; none for none (default rtmp://*:1935)." };

    public static Option<string?> Postgres { get; } = new("--postgres") { Description = "A PostgreSQL connection string; without it SQLite in the data folder is used." };

    public static KinopressOptions Read(ParseResult parsed)
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.GetFullPath(FileName), optional: true)
            .AddEnvironmentVariables("KINOPRESS__")
            .AddInMemoryCollection(Given(("Data", Environment.GetEnvironmentVariable("KINOPRESS_DATA"))))
            .AddInMemoryCollection(Given(
                ("Data", parsed.GetValue(Data)),
                ("Urls", parsed.CommandResult.Command.Options.Contains(Urls) ? parsed.GetValue(Urls) : null),
                ("RtmpUrls", parsed.CommandResult.Command.Options.Contains(RtmpUrls) ? parsed.GetValue(RtmpUrls) : null),
                ("Postgres", parsed.GetValue(Postgres))))
            .Build();
        var options = new KinopressOptions();
        try
        {
            configuration.Bind(options);
        }
        catch (InvalidOperationException exception)
        {
            throw new StartFailedException(exception.Message.ReplaceLineEndings(" "), exception);
        }

        return options.Validate() is { Count: > 0 } mistakes
            ? throw new StartFailedException("These options are not right: " + string.Join(" ", mistakes), inner: null)
            : options;
    }

    public static Command With(this Command command)
    {
        command.Options.Add(Data);
        command.Options.Add(Postgres);
        return command;
    }

    private static IEnumerable<KeyValuePair<string, string?>> Given(params (string Key, string? Value)[] values) =>
        values.Where(value => value.Value is not null).Select(value => KeyValuePair.Create(value.Key, value.Value));
}
