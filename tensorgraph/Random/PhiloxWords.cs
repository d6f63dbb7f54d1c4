namespace TensorGraph.Random;

/// <summary>A Philox generator read one 32-bit word at a time, as <c>tf.data</c> reads it.</summary>
/// <param name="seed">The generator's first seed.</param>
/// <param name="seed2">The generator's second seed.</param>
internal sealed class PhiloxWords(ulong seed, ulong seed2)
{
    private Philox _generator = new(seed, seed2);
    private (uint W0, uint W1, uint W2, uint W3) _block;
    private int _used = 4;

    /// <summary>The next word.</summary>
    internal uint Next()
    {
        if (_used == 4)
        {
            _block = _generator.Next();
            _used = 0;
        }

        return _used++ switch
        {
            0 => _block.W0,
            1 => _block.W1,
            2 => _block.W2,
            _ => _block.W3,
        };
    }
}
