namespace JupyterHub.Core.Addressing;

/// <summary>Says in a sentence what is wrong with a request target; never repeats the target.</summary>
internal static class RequestTargetErrors
{
    public static string Describe(this RequestTargetError error) => error switch
    {
        RequestTargetError.None => "The request target is valid.",
        RequestTargetError.Empty => "The request target is empty.",
        RequestTargetError.TooLong => "The request target is too long.",
        RequestTargetError.UnescapedCharacter => "The request target holds a character that has to be percent-encoded.",
        RequestTargetError.Fragment => "The request target holds a fragment; percent-encode '#' as %23.",
        RequestTargetError.Backslash => "The path holds a backslash; percent-encode it as %5C.",
        RequestTargetError.UnknownForm => "The request target has to be a path or an http URL.",
        RequestTargetError.InvalidAuthority => "The request target names no valid host.",
        RequestTargetError.InvalidEscape => "The path holds an invalid percent escape; percent-encode '%' as %25.",
        RequestTargetError.InvalidUtf8 => "The path does not decode to UTF-8.",
        RequestTargetError.Null => "The path holds a null character.",
        RequestTargetError.DotSegment => "The path holds a segment '.' or '..'.",
        _ => throw new ArgumentOutOfRangeException(nameof(error)),
    };
}
