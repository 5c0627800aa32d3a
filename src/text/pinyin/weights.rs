//! The numbers of the network, read from their safetensors file.
//!
//! The form (<https://github.com/huggingface/safetensors>): eight bytes with the length of a JSON object that names each
//! tensor with its type, shape and place, then the numbers, little-endian.
//!
//! Refuses: another type than `F32`, and shapes other than those of g2pM.
//! Invariant: matrices stand input by input, so that a product is a sum of rows and is added up in one order everywhere.

use serde::Deserialize;
use std::collections::BTreeMap;

/// Length of a character's vector.
pub(super) const WIDE: usize = 64;
/// Numbers that each direction remembers.
pub(super) const HIDDEN: usize = 32;
/// Four gates for each of them.
pub(super) const GATES: usize = 4 * HIDDEN;

/// One direction of the recurrent layer.
pub(super) struct Direction {
    /// From the character's vector, input by input.
    pub input: Box<[[f32; GATES]; WIDE]>,
    /// From what the direction remembers.
    pub hidden: Box<[[f32; GATES]; HIDDEN]>,
    /// Both biases together.
    pub bias: [f32; GATES],
}

/// All numbers of the network.
pub(super) struct Weights {
    /// A vector for each character.
    pub embedding: Vec<[f32; WIDE]>,
    /// Reading from the left.
    pub forward: Direction,
    /// Reading from the right.
    pub backward: Direction,
    /// From both directions to the layer between, input by input.
    pub between: Box<[[f32; HIDDEN]; WIDE]>,
    /// Its bias.
    pub between_bias: [f32; HIDDEN],
    /// From there to each reading.
    pub readings: Vec<[f32; HIDDEN]>,
    /// Their biases.
    pub readings_bias: Vec<f32>,
}

#[derive(Deserialize)]
struct Tensor {
    dtype: String,
    shape: Vec<usize>,
    data_offsets: [usize; 2],
}

/// A file that is open.
struct File<'b> {
    tensors: BTreeMap<String, Tensor>,
    numbers: &'b [u8],
}

impl<'b> File<'b> {
    fn open(bytes: &'b [u8]) -> Option<Self> {
        let (length, rest) = bytes.split_first_chunk::<8>()?;
        let (header, numbers) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        Some(Self { tensors: serde_json::from_slice(header).ok()?, numbers })
    }

    /// The numbers of a tensor of this shape.
    fn tensor(&self, name: &str, shape: &[usize]) -> Option<impl Iterator<Item = f32> + 'b> {
        let tensor = self.tensors.get(name)?;
        let bytes = self.numbers.get(tensor.data_offsets[0]..tensor.data_offsets[1])?;
        let fits = tensor.dtype == "F32"
            && tensor.shape == shape
            && bytes.len() == 4 * shape.iter().product::<usize>();
        fits.then(|| bytes.as_chunks::<4>().0.iter().map(|four| f32::from_le_bytes(*four)))
    }

    fn rows<const N: usize>(&self, name: &str, rows: usize) -> Option<Vec<[f32; N]>> {
        let mut numbers = self.tensor(name, &[rows, N])?;
        Some((0..rows).map(|_| std::array::from_fn(|_| numbers.next().unwrap_or_default())).collect())
    }

    /// A matrix of `OUT` rows, turned, so that each input has its row.
    fn turned<const IN: usize, const OUT: usize>(&self, name: &str) -> Option<Box<[[f32; OUT]; IN]>> {
        let mut turned: Box<[[f32; OUT]; IN]> = vec![[0.0; OUT]; IN].into_boxed_slice().try_into().ok()?;
        for (to, row) in self.rows::<IN>(name, OUT)?.iter().enumerate() {
            for (from, number) in row.iter().enumerate() {
                turned[from][to] = *number;
            }
        }
        Some(turned)
    }

    fn vector<const N: usize>(&self, name: &str) -> Option<[f32; N]> {
        let mut numbers = self.tensor(name, &[N])?;
        Some(std::array::from_fn(|_| numbers.next().unwrap_or_default()))
    }

    fn direction(&self, end: &str) -> Option<Direction> {
        let name = |part: &str| format!("lstm.{part}_l0{end}");
        let (input, hidden): ([f32; GATES], [f32; GATES]) =
            (self.vector(&name("bias_ih"))?, self.vector(&name("bias_hh"))?);
        Some(Direction {
            input: self.turned(&name("weight_ih"))?,
            hidden: self.turned(&name("weight_hh"))?,
            bias: std::array::from_fn(|at| input[at] + hidden[at]),
        })
    }
}

impl Weights {
    /// The weights in a file for this many characters and readings; none where it is not the file that we know.
    pub fn read(bytes: &[u8], characters: usize, readings: usize) -> Option<Self> {
        let file = File::open(bytes)?;
        Some(Self {
            embedding: file.rows("embedding.weight", characters)?,
            forward: file.direction("")?,
            backward: file.direction("_reverse")?,
            between: file.turned("logit_layer.0.weight")?,
            between_bias: file.vector("logit_layer.0.bias")?,
            readings: file.rows("logit_layer.2.weight", readings)?,
            readings_bias: file.tensor("logit_layer.2.bias", &[readings])?.collect(),
        })
    }
}
