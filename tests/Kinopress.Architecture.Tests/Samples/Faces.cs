#pragma warning disable IDE0130 // a small bad example of two faces, both in one file

namespace Kinopress.Architecture.Tests.Samples.Api
{
    /// <summary>Breaks the rule that no face uses another, inside the body of an async method.</summary>
    internal static class PageThief
    {
        public static async Task<string> StealAsync()
        {
            await Task.Yield();
            return new Site.StolenPage().Title;
        }
    }
}

namespace Kinopress.Architecture.Tests.Samples.Site
{
    internal sealed class StolenPage
    {
        public string Title { get; } = "Stolen";
    }
}
