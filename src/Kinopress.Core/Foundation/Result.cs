using System.Diagnostics.CodeAnalysis;

namespace Kinopress.Core.Foundation;

/// <summary>What a use case answers: a value, or the reason it refused. Bugs throw instead.</summary>
public readonly struct Result<T>
    where T : notnull
{
    private readonly T? _value;
    private readonly Failure? _failure;

    private Result(T? value, Failure? failure)
    {
        _value = value;
        _failure = failure;
    }

    public static implicit operator Result<T>(T value) => new(value, failure: null);

    public static implicit operator Result<T>(Failure failure) => new(default, failure);

    public static Result<T> From(T value) => new(value, failure: null);

    /// <summary>True when refused, with the reason.</summary>
    public bool Failed([NotNullWhen(true)] out Failure? failure)
    {
        failure = _failure;
        return failure is not null;
    }

    /// <summary>True when refused, with the reason; otherwise the value.</summary>
    public bool Failed([NotNullWhen(true)] out Failure? failure, [NotNullWhen(false)] out T? value)
    {
        failure = _failure;
        value = _value;
        return failure is not null;
    }

    public TOut Match<TOut>(Func<T, TOut> onValue, Func<Failure, TOut> onFailure) =>
        _failure is null
            ? onValue(_value!) // a result without a failure always holds a value
            : onFailure(_failure);
}

/// <summary>The value of a use case that has nothing to say beyond "done".</summary>
public readonly record struct Done
{
    public static Done Value => default;
}

/// <summary>Results of interface types, to which C# has no implicit conversion.</summary>
public static class Result
{
    public static Result<T> Of<T>(T value)
        where T : notnull => Result<T>.From(value);
}
