using System.Reflection;
using System.Runtime.CompilerServices;
using Kinopress.Architecture.Tests.Support;
using Microsoft.Extensions.Hosting;

namespace Kinopress.Architecture.Tests;

/// <summary>What docs/STYLE.md says and no analyzer checks.</summary>
public sealed class StyleTests
{
    private static readonly string[] EmptyWords = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Processor", "Data", "Info", "Service"];

    private static readonly Dictionary<string, string> MayBeNamedSo = new(StringComparer.Ordinal)
    {
        ["Kinopress.Media.Probing.FfprobeSideData"] = "ffprobe's own word.",
        ["Kinopress.Server.Host.Security.HostPrefixCookieManager"] = "ASP.NET Core's word: it is an ICookieManager.",
    };

    private static IEnumerable<Type> Types => Rooms.All.SelectMany(pair => pair.Room.GetTypes())
        .Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute)) && type.Namespace?.StartsWith("Kinopress.", StringComparison.Ordinal) == true && !type.Name.Contains('<', StringComparison.Ordinal));

    [Fact]
    public void No_type_has_an_empty_name() =>
        Expect.OnlyExempt("A type's name ends in a word that says nothing:", Types.Where(HasEmptyName).Select(type => type.FullName ?? type.Name), MayBeNamedSo);

    [Fact]
    public void Cancellation_is_asked_for_last_and_never_optional() =>
        Expect.None(
            "The cancellation token is the last parameter and has no default:",
            Types.Where(type => type.Assembly == Rooms.Core).SelectMany(OwnMethods).Where(TakesTokenWrongly).Select(method => $"{method.DeclaringType?.Name}.{method.Name}"));

    [Fact]
    public void Nothing_static_changes() =>
        Expect.None(
            "A static field can change:",
            Types.Where(type => type.Namespace?.EndsWith(".CompiledModel", StringComparison.Ordinal) != true).SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                .Where(field => field is { IsInitOnly: false, IsLiteral: false } && !field.IsDefined(typeof(CompilerGeneratedAttribute)))
                .Select(field => $"{field.DeclaringType?.FullName}.{field.Name}"));

    [Fact]
    public void Logs_are_source_generated_in_a_nested_class() =>
        Expect.None(
            "A log line is written by hand:",
            Rooms.All.SelectMany(pair => TypeUses.Of(pair.Room).Calls).Where(call => call.Type == "Microsoft.Extensions.Logging.LoggerExtensions").Select(call => $"{call.From}: {call.Method}"));

    [Fact]
    public void Log_events_have_names_of_their_own() =>
        Expect.None(
            "Two log methods share an event name:",
            Types.Where(type => type is { IsNested: true, Name: "Log" })
                .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public).SelectMany(method => method.GetCustomAttributes<Microsoft.Extensions.Logging.LoggerMessageAttribute>()))
                .GroupBy(message => message.EventName, StringComparer.Ordinal)
                .Where(group => group.Key is null || group.Count() > 1)
                .Select(group => group.Key ?? "a log method without an event name"));

    [Fact]
    public void The_rules_find_what_breaks_them()
    {
        Assert.True(HasEmptyName(typeof(Samples.VideoService)));
        Assert.False(HasEmptyName(typeof(StyleTests)));
        Assert.True(TakesTokenWrongly(typeof(StyleTests).GetMethod(nameof(Wrong), BindingFlags.NonPublic | BindingFlags.Static)!)); // declared below
    }

    private static Task Wrong(CancellationToken cancellationToken = default) => Task.FromCanceled(cancellationToken);

    private static bool HasEmptyName(Type type) =>
        EmptyWords.Any(word => type.Name.EndsWith(word, StringComparison.Ordinal) && !(word == "Service" && typeof(IHostedService).IsAssignableFrom(type)));

    // What a base class outside the product declares cannot be changed here.
    private static IEnumerable<MethodInfo> OwnMethods(Type type) =>
        type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsDefined(typeof(CompilerGeneratedAttribute)) && Rooms.IsRoom(method.GetBaseDefinition().DeclaringType?.Assembly.GetName().Name ?? ""));

    private static bool TakesTokenWrongly(MethodInfo method)
    {
        var parameters = method.GetParameters();
        var at = Array.FindIndex(parameters, parameter => parameter.ParameterType == typeof(CancellationToken));
        return at >= 0 && (at != parameters.Length - 1 || parameters[at].HasDefaultValue);
    }
}
