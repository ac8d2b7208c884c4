using System.Security.Cryptography;
using System.Text.Json;
using System.Xml.Linq;
using Kinopress.Architecture.Tests.Support;

namespace Kinopress.Architecture.Tests;

/// <summary>What others wrote: each package has its reason, each vendored file its hash, each licence its place.</summary>
public sealed class PackageTests
{
    private const string Assets = "src/Kinopress.Server/Assets";
    private const string Notices = "THIRD-PARTY-NOTICES.md";

    [Fact]
    public void Every_package_has_its_reason() =>
        Expect.None("A package is not in docs/decisions/packages.md:", PackagesIn(Repository.Read("Directory.Packages.props")).Where(name => !Reasons().Contains($"| `{name}` |", StringComparison.Ordinal)));

    [Fact]
    public void Every_reason_has_its_package() =>
        Expect.None(
            "docs/decisions/packages.md has a package that is gone:",
            Reasons().Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1])
                .Except(PackagesIn(Repository.Read("Directory.Packages.props")).Concat(Vendored().Select(library => library.Name)), StringComparer.Ordinal));

    [Fact]
    public void Vendored_files_are_what_the_manifest_says()
    {
        var files = Files();

        Expect.None("A vendored file is missing or changed:", files.Where(file => !Repository.Has($"{Assets}/{file.Key}") || HashOf($"{Assets}/{file.Key}") != file.Value).Select(file => file.Key));
        Expect.None(
            "A vendored file is not in the manifest:",
            Repository.Files($"{Assets}/vendor").Select(path => path[(Assets.Length + 1)..]).Where(path => path != "vendor/manifest.json" && !files.ContainsKey(path)));
        Assert.Contains("icons.svg", files.Keys);
    }

    [Fact]
    public void Vendored_libraries_are_named_with_their_licence()
    {
        var notices = Repository.Read(Notices);

        Expect.None(
            $"{Notices} lacks a vendored library, or has another version or licence:",
            Vendored().Where(library => !notices.Contains($"| {library.Name} | {library.Version} | {library.Licence} |", StringComparison.Ordinal)).Select(library => library.Name));
    }

    [Fact]
    public void The_rules_find_what_breaks_them()
    {
        Assert.Equal(["Good.Package"], PackagesIn("<Project><ItemGroup><PackageVersion Include=\"Good.Package\" Version=\"1.0.0\" /></ItemGroup></Project>"));
        Assert.NotEqual(HashOf("LICENSE"), HashOf("README.md"));
        Assert.NotEmpty(Vendored());
    }

    private static string Reasons() => Repository.Read("docs/decisions/packages.md");

    private static IEnumerable<string> PackagesIn(string props) =>
        XDocument.Parse(props).Descendants("PackageVersion").Select(package => (string?)package.Attribute("Include")).OfType<string>();

    private static string HashOf(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Repository.PathOf(path))));

    private static Dictionary<string, string> Files() =>
        Manifest("files").ToDictionary(file => file.GetProperty("path").GetString() ?? "", file => file.GetProperty("sha256").GetString() ?? "", StringComparer.Ordinal);

    private static IEnumerable<(string Name, string Version, string Licence)> Vendored() => Manifest("packages")
        .Select(library => (library.GetProperty("name").GetString() ?? "", library.GetProperty("version").GetString() ?? "", library.GetProperty("licence").GetString() ?? ""));

    private static IReadOnlyList<JsonElement> Manifest(string part)
    {
        using var manifest = JsonDocument.Parse(Repository.Read($"{Assets}/vendor/manifest.json"));
        return [.. manifest.RootElement.GetProperty(part).EnumerateArray().Select(element => element.Clone())];
    }
}
