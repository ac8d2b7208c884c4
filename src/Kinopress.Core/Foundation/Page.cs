namespace Kinopress.Core.Foundation;

/// <summary>One page of a list.</summary>
/// <param name="Next">The cursor of the following page; null on the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>What part of a list is asked for.</summary>
/// <param name="Limit">1 to 100.</param>
/// <param name="Cursor">Opaque, from the previous page's <see cref="Page{T}.Next"/>; null for the first page.</param>
public sealed record PageRequest(int Limit, string? Cursor)
{
    public const int DefaultLimit = 24;
    public const int MaxLimit = 100;

    public static PageRequest From(int? limit, string? cursor) => new(Math.Clamp(limit ?? DefaultLimit, 1, MaxLimit), cursor);
}
