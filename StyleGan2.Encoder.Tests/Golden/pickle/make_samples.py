"""Writes the sample pickles beside this file (Python 3.11, NumPy 1.24): plain data, arrays of every dtype, a small network, and arrays as Python 2 wrote them."""

import collections
import os
import pickle
import struct
import sys
import types

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
PLAIN = {
    'none': None, 'true': True, 'false': False,
    'integers': [0, 255, 256, 65535, 65536, -1, -(1 << 31), (1 << 31) - 1, 1 << 40, -(1 << 63), 1 << 64, -(1 << 200)],
    'floats': [0.5, -2.5e300, float('inf'), float('-inf')],
    'texts': ['', 'plain', 'quote\'"\\n\n\t', 'gr\u00fc\u00df', '\u4e2d\u6587', '\U0001f600', 'x' * 300, 'y' * 5000],
    'bytes': [b'', b'abc', bytes(range(256)), bytes(range(256)) * 40],
    'bytearray': bytearray(b'xyz'),
    'tuples': [(), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4)],
    'set': {7}, 'frozenset': frozenset([8]),
    'ordered': collections.OrderedDict([('b', 1), ('a', 2)]),
    'complex': 1 + 2j,
    'keys': {1: 'int', b'b': 'bytes', 2.5: 'float'},
}
SHARED = [1]
PLAIN['shared'] = [SHARED, SHARED]
DTYPES = ['b1', 'i1', 'u1', 'i2', 'u2', 'i4', 'u4', 'i8', 'u8', 'f2', 'f4', 'f8', 'c8', 'c16']


def write(name, value, protocol):
    with open(os.path.join(HERE, name), 'wb') as file:
        pickle.dump(value, file, protocol)


def array(dtype, order):
    """Element (i, j) of two rows and three columns is 3 i + j, odd ones true as truth values; complex ones also have it as their imaginary part, negative."""
    values = np.arange(6).reshape(2, 3)
    values = values % 2 if dtype == 'b1' else values
    values = values - 1j * values if dtype[0] == 'c' else values
    return np.array(values, dtype=np.dtype(dtype).newbyteorder(order))


def arrays():
    made = {}
    for dtype in DTYPES:
        for order in '<>':
            made['%s%s' % (order, dtype)] = array(dtype, order)
            made['%s%s-fortran' % (order, dtype)] = np.asfortranarray(array(dtype, order))
            made['%s%s-scalar' % (order, dtype)] = array(dtype, order)[1, 1]
            made['%s%s-empty' % (order, dtype)] = array(dtype, order)[:0]
    return made


def others():
    return {
        'S3': np.array([b'ab', b'xyz']), 'U3': np.array(['ab', '\u4e2d']), 'O': np.array([None, 'x', 3], dtype=object),
        'M8': np.array(['2020-01-01'], dtype='M8[us]'), 'm8': np.array([5], dtype='m8[s]'),
        'record': np.array([(1, 2.5)], dtype=[('a', '<i4'), ('b', '<f8')]), 'f16': np.array([1.5], dtype=np.longdouble),
    }


class Network:
    """Stands for dnnlib.tflib.network.Network."""


def network(name, func, components=None):
    made = Network()
    made.__dict__ = {
        'version': 4, 'name': name, 'static_kwargs': {'resolution': 8, 'scale': np.float32(0.5), 'kernel': [1, 3, 3, 1], 'nothing': None},
        'components': components or {}, 'build_module_src': '# text\n', 'build_func_name': func,
        'variables': [('lod', np.float32(0)), ('w', np.arange(6, dtype=np.float32).reshape(2, 3) / 4)],
    }
    return made


def networks():
    module = types.ModuleType('dnnlib.tflib.network')
    module.Network = Network
    sys.modules.update({'dnnlib': types.ModuleType('dnnlib'), 'dnnlib.tflib': types.ModuleType('dnnlib.tflib'), module.__name__: module})
    Network.__module__ = module.__name__
    generator = {'synthesis': network('G_synthesis', 'G_synthesis_stylegan2')}
    return network('G', 'G_main', generator), network('D', 'D_stylegan2'), network('Gs', 'G_main', {'synthesis': network('G_synthesis', 'G_synthesis_stylegan2')})


def python2_array():
    """np.float32 [[0, -1.5]] beside a text, as Python 2.7 writes them with protocol 2: its str is bytes and text at once."""
    data = struct.pack('<2f', 0, -1.5) * 1000
    return b''.join([
        b'\x80\x02}q\x00(U\x04nameq\x01U\x03gr\xfcq\x02U\x04dataq\x03cnumpy.core.multiarray\n_reconstruct\nq\x04cnumpy\nndarray\nq\x05K\x00\x85q\x06U\x01bq\x07\x87q\x08Rq\x09',
        b'(K\x01M\xe8\x03K\x02\x86q\x0acnumpy\ndtype\nq\x0bU\x02f4q\x0cK\x00K\x01\x87q\x0dRq\x0e(K\x03U\x01<q\x0fNNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tq\x10b\x89',
        b'T', struct.pack('<i', len(data)), data, b'q\x11tq\x12bu.',
    ])


for p in range(6):
    write('plain-%d.pkl' % p, PLAIN, p)
for p in range(2, 6):
    write('arrays-%d.pkl' % p, arrays(), p)
write('other-dtypes-4.pkl', others(), 4)
for p in range(2, 5):
    write('network-%d.pkl' % p, networks(), p)
with open(os.path.join(HERE, 'python2.pkl'), 'wb') as f:
    f.write(python2_array())
