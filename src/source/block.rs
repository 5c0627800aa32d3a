//! throwaway
