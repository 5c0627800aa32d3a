echo off
